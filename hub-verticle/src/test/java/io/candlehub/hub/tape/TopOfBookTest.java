package io.candlehub.hub.tape;

import static io.candlehub.hub.tape.Tapes.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.QuoteEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class TopOfBookTest {
  @Test
  void shouldTellHowTheSidesLookTogether() {
    assertThat(quote(1, 12.40, 12.50).state()).isEqualTo(BookState.NORMAL);
    assertThat(quote(1, 10, 10).state()).isEqualTo(BookState.LOCKED);
    assertThat(quote(1, 10.2, 10).state()).isEqualTo(BookState.CROSSED);
  }

  @Test
  void shouldTakeAwayASideThatIsNotQuoted() {
    TopOfBook asked = quote(1, 0, 0.05);
    assertThat(asked.state()).isEqualTo(BookState.NO_BID);
    assertThat(asked.bid()).isNaN();
    assertThat(asked.bidSize()).isNaN();
    assertThat(asked.ask()).isEqualTo(0.05);
    assertThat(asked.askSize()).isEqualTo(20);
    assertThat(quote(1, 0.05, Double.NaN).state()).isEqualTo(BookState.NO_ASK);
    assertThat(quote(1, -1, Double.POSITIVE_INFINITY).state()).isEqualTo(BookState.NO_QUOTE);
    assertThat(TopOfBook.none().state()).isEqualTo(BookState.NO_QUOTE);
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
