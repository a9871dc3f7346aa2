package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.model.feed.QuoteEvent;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A former close of which one provider has no days while another one could not say is read again. */
@Timeout(30)
class DoubtedCloseTest {
  @TempDir
  private Path dataDir;

  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", dataDir);
    new MarketAnswers(rig.vertx);
    rig.doubted = true;
    rig.demand(Duration.ofHours(1), Addresses.quote(HubRig.SPY));
    rig.until(() -> rig.asked("day") == 1);
    rig.tell(new QuoteEvent(HubRig.SPY, rig.clock.millis(), 0, 0, 153, 10, 153.02, 20));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private boolean isKnown() {
    return rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY).containsKey("prevClose");
  }

  @Test
  void shouldBeReadAgainAfterMinutes() {
    assertThat(isKnown()).isFalse();
    rig.advance(Duration.ofSeconds(58), false);
    assertThat(rig.asked("day")).as("not at the pace of failures").isEqualTo(1);
    rig.advance(Duration.ofMinutes(5), false);
    assertThat(rig.asked("day")).as("after 1 and 3 minutes").isEqualTo(3);

    rig.doubted = false;
    rig.advance(Duration.ofMinutes(2), false);
    rig.until(this::isKnown);
    rig.advance(Duration.ofMinutes(20), false);
    assertThat(rig.asked("day")).as("once known").isEqualTo(4);
  }
}
