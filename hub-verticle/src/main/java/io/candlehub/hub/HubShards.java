package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.TradeEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What happens to all of the hub's series of a shard at once. Confined to the hub's event loop. */
final class HubShards {
  private static final Duration UNTIL_ANNOUNCED = Duration.ofSeconds(3);
  private static final long MINUTE = 60_000;

  /** More positions than an owner can have given since it last told its standby. */
  private static final long LEAP = 1_000_000;

  /**
   * Terms are at least wall milliseconds apart. An owner in between, of which this node's copy knows nothing, has left
   * out fewer positions because its term was lower, and has given fewer than this many a millisecond.
   */
  private static final long LEAP_PER_TERM = 10_000;

  private final Hub hub;
  private final SeriesParts parts;

  HubShards(Hub hub, SeriesParts parts) {
    this.hub = hub;
    this.parts = parts;
  }

  /** Puts events again whose outcome is known. */
  void rebuild(List<FeedEvent> events) {
    for (FeedEvent event : events) {
      hub.trades().rebuild(event);
      if (event instanceof AggregateEvent bar) {
        hub.series(bar.instrument()).ifPresent(live -> live.input().rebuild(bar));
      } else if (event instanceof TradeEvent trade) {
        hub.series(trade.instrument()).ifPresent(live -> live.input().rebuild(trade));
      }
    }
  }

  private List<LiveSeries> of(int shard) {
    return hub.all().stream()
        .filter(live -> parts.shards().of(live.instrument()) == shard)
        .toList();
  }

  /** Takes note that a shard's events since a market time are lost for good. */
  void missed(int shard, long sinceMillis) {
    of(shard).forEach(live -> {
      live.missed(sinceMillis - parts.delayMillis(live.instrument().assetClass()));
      live.flush();
    });
    hub.interrupted(instrument -> parts.shards().of(instrument) == shard);
  }

  /** Takes note that of a shard's minutes before a market time not all events are told again. */
  void rebuiltFrom(int shard, long sinceMillis) {
    of(shard).forEach(live -> live.series().wholeFrom(minuteFrom(live.instrument(), sinceMillis)));
  }

  private long minuteFrom(Instrument instrument, long millis) {
    long delayed = millis - parts.delayMillis(instrument.assetClass());
    return Math.floorDiv(delayed + MINUTE - 1, MINUTE) * MINUTE;
  }

  /** Goes on with the series of a shard where its former owner stopped; nothing is published yet. */
  void adopt(int shard, StandbyStore.Copy copy) {
    long from = copy.positions().stream()
        .mapToLong(LanePosition::rebuildMillis)
        .max()
        .orElseGet(parts.clock()::millis);
    Set<String> wanted = new HashSet<>();
    long leap = LEAP + LEAP_PER_TERM * Math.max(0, parts.shards().term(shard) - copy.term());
    copy.series().forEach((instrument, kept) -> {
      kept.takeOver(minuteFrom(instrument, from), leap).ifPresent(candles -> {
        LiveSeries live =
            new LiveSeries(instrument, parts, why -> hub.forget(instrument, why), candles);
        SeriesState state = copy.state(instrument);
        live.adopt(state);
        hub.put(live);
        state.keys(instrument).forEach(key -> wanted.add(Addresses.chart(key)));
      });
    });
    copy.quotes().values().forEach(quote -> {
      hub.quotes().adopt(quote);
      wanted.add(Addresses.quote(quote.instrument()));
    });
    hub.ledger().instruments().stream()
        .filter(instrument -> parts.shards().of(instrument) == shard)
        .filter(instrument -> hub.ledger().wanted(instrument).trades())
        .forEach(hub.trades()::follow);
    hub.ledger().set("shard:" + shard, wanted, UNTIL_ANNOUNCED);
    hub.demand().applySoon();
  }

  /** Publishes what is to be told of a shard that is served from now on. */
  void served(int shard) {
    hub.demand().applySoon();
    for (LiveSeries live : of(shard)) {
      live.evaluateFeed();
      live.onClock();
    }
    hub.quotes().republish(instrument -> parts.shards().of(instrument) == shard);
    hub.trades().flush();
  }

  /** Publishes what changed in a shard. */
  void flush(int shard) {
    of(shard).forEach(LiveSeries::flush);
    hub.quotes().flush();
    hub.trades().flush();
  }

  /** Forgets a shard that is not this node's any more. */
  void drop(int shard) {
    of(shard).forEach(hub::discard);
    hub.quotes().drop(instrument -> parts.shards().of(instrument) == shard);
    hub.trades().drop(instrument -> parts.shards().of(instrument) == shard);
    hub.chains().drop(instrument -> parts.shards().of(instrument) == shard);
    hub.demand().applySoon();
  }
}
