package io.candlehub.hub.tape;

import static io.candlehub.hub.tape.Tapes.print;
import static io.candlehub.hub.tape.Tapes.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A volume that was withheld is told as withheld by who knows it from somebody else, too. */
@Timeout(5)
class WithheldVolumeTest {
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final double NONE = Double.NaN;
  private static final Origin MASSIVE = new Origin("massive", "");

  private final KeptQuote kept = new KeptQuote(CALL);

  private static MarketSnapshot answer(long atMillis) {
    return new MarketSnapshot(
        CALL, "", 12, 13, 3, 4, 12.2, 700, 15_000, NONE, NONE, NONE, 11, atMillis, atMillis,
        atMillis, "tradier", "", Set.of());
  }

  private Quote shown() {
    return kept.quote().orElseThrow();
  }

  private KeptQuote withheld() {
    KeptQuote former = new KeptQuote(CALL);
    former.onAnswer(answer(5_000), 5_000);
    former.onTrade(print(20_000, 1, 12.7));
    assertThat(former.quote().orElseThrow().reasons())
        .containsEntry("volume", MissingReason.NOT_STREAMED);
    return former;
  }

  @Test
  void shouldSayOfAVolumeWhyTheFormerOwnerWithheldIt() {
    kept.adopt(withheld().quote().orElseThrow(), true);
    assertThat(shown().volume()).isNaN();
    assertThat(shown().reasons()).containsEntry("volume", MissingReason.NOT_STREAMED);

    assertThat(kept.asksVolume(VolumeCarrier.TRADES)).isTrue();
    kept.onAnswer(answer(21_000), 21_000);
    assertThat(shown().volume()).isEqualTo(700);
    assertThat(shown().reasons()).doesNotContainKey("volume");
  }

  @Test
  void shouldSayItOfAStoredVolumeToo() {
    kept.restore(withheld().quote().orElseThrow(), true);
    assertThat(shown().reasons()).containsEntry("volume", MissingReason.NOT_STREAMED);
  }

  @Test
  void shouldForgetItWithTheDay() {
    kept.adopt(withheld().quote().orElseThrow(), true);
    kept.onQuote(quote(20_000 + Duration.ofDays(1).toMillis(), 12.40, 12.50), MASSIVE);
    assertThat(shown().reasons()).containsEntry("volume", MissingReason.NOT_PROVIDED);
  }

  @Test
  void shouldNotSayItOfAVolumeThatNobodyTold() {
    KeptQuote former = new KeptQuote(CALL);
    former.onTrade(print(20_000, 1, 12.7));
    kept.adopt(former.quote().orElseThrow(), true);
    assertThat(shown().reasons()).containsEntry("volume", MissingReason.NOT_PROVIDED);
  }
}
