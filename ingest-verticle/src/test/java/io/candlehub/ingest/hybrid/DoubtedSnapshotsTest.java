package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.hybrid.ScriptedProvider.Answer;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That an account knows nothing of an instrument says little while another one could not say. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DoubtedSnapshotsTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument QQQ = Instrument.of("QQQ");
  private static final Instrument CALL = Instrument.of(ScriptedProvider.CALL);

  private HybridRig rig = HybridRig.ofEqual();

  @AfterEach
  void close() {
    rig.close();
  }

  private Snapshots ask(Instrument... instruments) {
    return rig.hybrid.snapshots(List.of(instruments), Priority.READER).result();
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, EMPTY, true",
    "BUG, EMPTY, true",
    "BUSY, EMPTY, true",
    "CROWDED, EMPTY, true",
    "EMPTY, ERROR, true",
    "EMPTY, CROWDED, true",
    "EMPTY, EMPTY, false",
    "NOT_ENTITLED, EMPTY, false",
    "UNSUPPORTED, EMPTY, false",
    "UNKNOWN, EMPTY, false",
    "ERROR, POOR, false",
    "ERROR, GOOD, false"
  })
  void shouldDoubtWhatNobodyToldWhileOneCouldNotSay(Answer first, Answer second, boolean doubted) {
    rig.first.answer = first;
    rig.second.answer = second;

    assertThat(ask(SPY).doubted()).isEqualTo(doubted ? Set.of(SPY) : Set.of());
  }

  @Test
  void shouldDoubtOnlyWhatNobodyTold() {
    rig.first.answer = Answer.ERROR;
    rig.second.answers.put(SPY, Answer.EMPTY);
    Snapshots found = ask(SPY, QQQ);

    assertThat(found.told()).extracting(MarketSnapshot::instrument).containsExactly(QQQ);
    assertThat(found.doubted()).containsExactly(SPY);
  }

  @Test
  void shouldDoubtWhatAnAccountDoubtsItself() {
    rig.first.answers.put(SPY, Answer.EMPTY);
    rig.first.doubted = Set.of(SPY, QQQ);
    rig.second.answers.put(SPY, Answer.EMPTY);

    assertThat(ask(SPY, QQQ).doubted()).containsExactly(SPY);
  }

  @Test
  void shouldDoubtWhatOnlyTheFailedOneHas() {
    rig.close();
    Capabilities shares = new Capabilities(Map.of(), Map.of(), Set.of(AssetClass.EQUITY), Set.of());
    rig = new HybridRig(
        new ScriptedProvider("first", ScriptedProvider.everything(ScriptedProvider.ALL)),
        new ScriptedProvider("second", shares));
    rig.first.answer = Answer.ERROR;
    Snapshots found = ask(SPY, CALL);

    assertThat(found.told()).extracting(MarketSnapshot::instrument).containsExactly(SPY);
    assertThat(found.doubted()).containsExactly(CALL);
  }

  @Test
  void shouldBelieveThemWhenBothSayTheSame() {
    rig.first.answer = Answer.ERROR;
    rig.second.answer = Answer.EMPTY;
    for (int i = 0; i < 4; i++) {
      assertThat(ask(SPY).doubted()).as("an unhealthy one too").containsExactly(SPY);
    }

    rig.first.answer = Answer.EMPTY;
    assertThat(ask(SPY).doubted()).isEmpty();
  }
}
