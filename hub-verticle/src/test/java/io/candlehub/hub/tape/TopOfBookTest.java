package io.candlehub.hub.tape;

import static io.candlehub.hub.tape.Tapes.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.QuoteEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class TopOfBookTest {
  @Test
  void shouldTellMiddleAndSpread() {
    TopOfBook book = quote(1, 12.40, 12.50);
    assertThat(book.state()).isEqualTo(BookState.NORMAL);
    assertThat(book.mid().getAsDouble()).isCloseTo(12.45, within(1e-9));
    assertThat(book.spread().getAsDouble()).isCloseTo(0.10, within(1e-9));
    assertThat(book.spreadPercent().getAsDouble()).isCloseTo(0.1 / 12.45 * 100, within(1e-9));
  }

  @Test
  void shouldHaveNoMiddleOfOneSide() {
    TopOfBook asked = quote(1, 0, 0.05);
    assertThat(asked.state()).isEqualTo(BookState.NO_BID);
    assertThat(asked.bid()).isNaN();
    assertThat(asked.bidSize()).isNaN();
    assertThat(asked.ask()).isEqualTo(0.05);
    assertThat(asked.askSize()).isEqualTo(20);
    assertThat(asked.mid()).isEmpty();
    assertThat(asked.spread()).isEmpty();
    assertThat(asked.spreadPercent()).isEmpty();
    assertThat(quote(1, 0.05, Double.NaN).state()).isEqualTo(BookState.NO_ASK);
    assertThat(quote(1, -1, Double.POSITIVE_INFINITY).state()).isEqualTo(BookState.NO_QUOTE);
    assertThat(TopOfBook.none().state()).isEqualTo(BookState.NO_QUOTE);
  }

  @Test
  void shouldHaveMiddleWhenLockedAndNoneWhenCrossed() {
    TopOfBook locked = quote(1, 10, 10);
    assertThat(locked.state()).isEqualTo(BookState.LOCKED);
    assertThat(locked.mid()).hasValue(10);
    assertThat(locked.spreadPercent()).hasValue(0);
    TopOfBook crossed = quote(1, 10.2, 10);
    assertThat(crossed.state()).isEqualTo(BookState.CROSSED);
    assertThat(crossed.mid()).isEmpty();
    assertThat(crossed.spread().getAsDouble()).isCloseTo(-0.2, within(1e-9));
    assertThat(crossed.spreadPercent()).isEmpty();
  }

  @Test
  void shouldTakeEventsOfFeed() {
    TopOfBook book =
        TopOfBook.of(new QuoteEvent(Instrument.of("SPY"), 1_500, 0, 0, 10, 1, Double.NaN, 0));
    assertThat(book.at()).isEqualTo(new TapeStamp(1_500_000_000L, 0));
    assertThat(book.at().millis()).isEqualTo(1_500);
    assertThat(book.state()).isEqualTo(BookState.NO_ASK);
  }
}
