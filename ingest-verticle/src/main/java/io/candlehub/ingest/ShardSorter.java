package io.candlehub.ingest;

import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Splits events by shard, keeping their order within one. Confined to one event loop. */
final class ShardSorter {
  private static final int MOST_KNOWN = 100_000;

  private final List<List<FeedEvent>> byShard = new ArrayList<>();
  private final List<Integer> touched = new ArrayList<>();
  private final Map<Instrument, Integer> known = new HashMap<>();

  ShardSorter() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      byShard.add(new ArrayList<>());
    }
  }

  /** Takes the events of one shard; the list is used again. */
  @FunctionalInterface
  interface Taker {
    void take(int shard, List<FeedEvent> events);
  }

  /** Adds an event of an instrument. */
  void add(FeedEvent event) {
    int shard = shard(instrument(event));
    List<FeedEvent> group = byShard.get(shard);
    if (group.isEmpty()) {
      touched.add(shard);
    }
    group.add(event);
  }

  /** Hands over what was added since the last call, shard by shard. */
  void drain(Taker taker) {
    for (int shard : touched) {
      List<FeedEvent> group = byShard.get(shard);
      taker.take(shard, group);
      group.clear();
    }
    touched.clear();
  }

  private int shard(Instrument instrument) {
    Integer shard = known.get(instrument);
    if (shard == null) {
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      shard = Shards.of(instrument);
      known.put(instrument, shard);
    }
    return shard;
  }

  private static Instrument instrument(FeedEvent event) {
    if (event instanceof AggregateEvent bar) {
      return bar.instrument();
    }
    if (event instanceof QuoteEvent quote) {
      return quote.instrument();
    }
    if (event instanceof TradeEvent trade) {
      return trade.instrument();
    }
    if (event instanceof HaltEvent halt) {
      return halt.instrument();
    }
    throw new AssertionError(event);
  }
}
