package io.candlehub.ingest;

import io.candlehub.ingest.FeedMeters.Question;
import io.candlehub.model.MarketClock;
import io.vertx.core.Future;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * Lets questions for bars share the request that is in flight already ({@link ErrandFlights}): one for the same range
 * always, one for a range that lies inside only where it loses nothing by it. Such a question is served from a request of
 * one page, so that it never waits for a long download, and only if that request is not older news than its own would be:
 * it still waits for its turn, was sent this very moment, or was sent well after the last bar wanted had ended. An answer
 * says when its request was sent, so that nobody takes it for younger than it is. Confined to one event loop.
 */
final class HistoryFlights {
  private static final long ONE_PAGE_BARS = 50_000;
  private static final long SETTLED_MILLIS = 60_000;
  private static final long THIS_MOMENT_MILLIS = 1_000;

  private final MarketClock marketClock;
  private final ErrandFlights<HistoryQuery, History> flights;

  /**
   * Creates a set without flights.
   *
   * @param provider asks the provider
   * @param marketClock the market's time
   * @param meters counts the questions
   */
  HistoryFlights(
      BiFunction<HistoryQuery, Errand, Future<History>> provider,
      MarketClock marketClock,
      FeedMeters meters) {
    this.marketClock = marketClock;
    this.flights = new ErrandFlights<>(Question.HISTORY, meters, provider, new Inside());
  }

  /**
   * Asks, or joins who asked already.
   *
   * @param ticket by which the asker may {@link #cancel} later, empty if it will not
   */
  Future<History> ask(HistoryQuery query, Priority priority, String ticket) {
    return flights.ask(query, priority, ticket);
  }

  /** Ends the wait of every asker with a ticket; each fails with {@code UNAVAILABLE}. */
  void cancel(String ticket) {
    flights.cancel(ticket);
  }

  /** A range that lies inside another one. */
  private final class Inside implements ErrandFlights.Sharing<HistoryQuery, History> {
    @Override
    public boolean serves(HistoryQuery flying, Errand errand, HistoryQuery query) {
      if (!flying.covers(query) || flying.mostBars() > ONE_PAGE_BARS) {
        return false;
      }
      OptionalLong sentAt = errand.sentAtMillis();
      return sentAt.isEmpty()
          || query.endMillis() + SETTLED_MILLIS <= sentAt.getAsLong()
          || marketClock.millis() - sentAt.getAsLong() <= THIS_MOMENT_MILLIS;
    }

    @Override
    public History of(History answer, HistoryQuery query) {
      return answer.of(query);
    }
  }
}
