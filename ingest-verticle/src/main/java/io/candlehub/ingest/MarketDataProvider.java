package io.candlehub.ingest;

import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Snapshots;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * One provider account: a stream of demanded topics and requests for what lies behind. Confined to one event loop.
 *
 * <p>Failures are {@link io.candlehub.bus.FailureException}s: {@code UNSUPPORTED} for what {@link #capabilities} does
 * not name, {@code RATE_LIMITED} with the remaining cool-down, {@code PROVIDER_ERROR}, {@code NOT_ENTITLED}, {@code
 * UNKNOWN_INSTRUMENT}, {@code CONTRACT_NOT_FOUND}, {@code UNAVAILABLE}. An empty answer is an answer, never a failure.
 */
public interface MarketDataProvider {
  /** Returns what this provider has; it never changes. What an account may not use is refused when asked. */
  Capabilities capabilities();

  /**
   * Sets the complete set of wanted topics, the most important first; their fate is told to the {@link FeedSink}. What
   * exceeds what a connection may carry is refused.
   */
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

  /**
   * Loads one listing; fails with {@code UNKNOWN_INSTRUMENT} only if the provider says that there is none, with {@code
   * UNSUPPORTED} only if it has nothing of its kind.
   */
  Future<Listing> listing(Instrument instrument);

  /** Loads the splits of an instrument, oldest first. */
  Future<List<Split>> splits(Instrument instrument);

  /** Asks what the market does; least important of all requests. */
  Future<MarketStatus> marketStatus();

  /** Loads the dates on which options on an underlying expire; none if there are no options. */
  Future<Expirations> expirations(Instrument underlying, Priority priority);

  /**
   * Loads all contracts of a range of expirations, all pages; none if there are none.
   *
   * @param errand whose priority the requests have; if it is dropped the answer is {@code UNAVAILABLE}
   */
  Future<ChainSnapshot> chain(ChainQuery query, Errand errand);

  /**
   * Loads one contract and, if one request tells both, its underlying's price; {@code CONTRACT_NOT_FOUND} only if the
   * provider says that there is none.
   */
  Future<ContractSnapshot> contract(Instrument contract, Priority priority);

  /**
   * Loads the present values of several instruments with as few requests as the provider allows. An instrument of which
   * it knows nothing is left out.
   */
  Future<Snapshots> snapshots(List<Instrument> instruments, Priority priority);

  /**
   * Loads the last trades of an instrument.
   *
   * @param limit most trades to return
   */
  Future<PastTrades> trades(Instrument instrument, int limit, Priority priority);

  /** Loads values of an indicator over the provider's own bars. */
  Future<IndicatorValues> indicator(IndicatorQuery query, Priority priority);

  /** Returns how its accounts do, in order of preference; nothing of what is itself an account. */
  default List<AccountState> accounts() {
    return List.of();
  }

  /** Closes the connections; nothing is sent to the sink any more. */
  Future<Void> close();
}
