package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * One provider account: a stream of demanded topics and requests for what lies behind. Confined to one event loop.
 *
 * <p>Failures are {@link io.candlehub.bus.FailureException}s: {@code RATE_LIMITED} with the remaining cool-down, {@code
 * PROVIDER_ERROR}, {@code NOT_ENTITLED}, {@code UNKNOWN_INSTRUMENT}, {@code UNAVAILABLE}.
 */
public interface MarketDataProvider {
  /** Sets the complete set of wanted topics; their fate is told to the {@link FeedSink}. */
  void demand(Set<Topic> topics);

  /**
   * Loads the raw bars of a range, all pages, up to the provider's now.
   *
   * @param errand whose priority the requests have; if it is dropped the answer is {@code UNAVAILABLE}
   */
  Future<History> history(HistoryQuery query, Errand errand);

  /**
   * Searches the reference data by symbol and name, best matches first.
   *
   * @param limit most listings to return
   */
  Future<List<Listing>> search(String query, int limit);

  /** Loads one listing; fails with {@code UNKNOWN_INSTRUMENT} only if the provider says that there is none. */
  Future<Listing> listing(Instrument instrument);

  /** Loads the splits of an instrument, oldest first. */
  Future<List<Split>> splits(Instrument instrument);

  /** Asks what the market does; least important of all requests. */
  Future<MarketStatus> marketStatus();

  /** Closes the connections; nothing is sent to the sink any more. */
  Future<Void> close();
}
