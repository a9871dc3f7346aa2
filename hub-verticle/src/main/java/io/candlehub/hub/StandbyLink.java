package io.candlehub.hub;

import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What one node was told of one shard, and what it has to be told still. Confined to the hub's event loop. */
final class StandbyLink {
  private static final int PASSES_SILENT = 100;

  private final int shard;
  private final String node;
  private final Map<Instrument, Sent> sent = new HashMap<>();
  private final Set<Instrument> quotes = new HashSet<>();
  private long session;
  private boolean first = true;
  private List<LanePosition> toldPositions = List.of();
  private int passes;
  private Optional<HandOver> handOver = Optional.empty();

  private record Sent(long stamp, long seq, SeriesState state) {}

  private static final class HandOver {
    private final Promise<Void> done = Promise.promise();
    private final Runnable stop;
    private boolean stopped;
    private boolean lastTold;

    HandOver(Runnable stop) {
      this.stop = stop;
    }
  }

  /** A section, if it tells anything. */
  record News(Optional<StandbyBatch.Section> content) {
    StandbyBatch.Section section() {
      return content.orElseThrow();
    }
  }

  static boolean isNews(News news) {
    return news.content.isPresent();
  }

  StandbyLink(int shard, String node, long session) {
    this.shard = shard;
    this.node = node;
    this.session = session;
  }

  int shard() {
    return shard;
  }

  String node() {
    return node;
  }

  long session() {
    return session;
  }

  Set<Instrument> quotes() {
    return quotes;
  }

  boolean isHandOver() {
    return handOver.isPresent();
  }

  /** Lets time pass. */
  void pass() {
    passes++;
  }

  /** Forgets what was told. */
  void restart(long nextSession) {
    session = nextSession;
    first = true;
    sent.clear();
  }

  /** Has the shard stopped once the node knows everything; done when it knows the last change. */
  Future<Void> handOver(Runnable stop) {
    HandOver begun = new HandOver(stop);
    handOver = Optional.of(begun);
    passes = PASSES_SILENT;
    return begun.done.future();
  }

  /** Takes note that the node knows everything as of the last round. */
  void told() {
    if (handOver.isEmpty()) {
      return;
    }
    HandOver handed = handOver.get();
    if (!handed.stopped) {
      handed.stopped = true;
      handed.stop.run();
      passes = PASSES_SILENT;
    } else if (handed.lastTold) {
      handed.done.tryComplete();
    }
  }

  /** Gives a hand-over up. */
  void end() {
    handOver.ifPresent(handed -> handed.done.tryFail("the successor could not be told everything"));
    handOver = Optional.empty();
  }

  Round begin() {
    return new Round();
  }

  /** One message's part about the shard. */
  final class Round {
    private final List<StandbyBatch.Entry> entries = new ArrayList<>();
    private final Set<Instrument> present = new HashSet<>();
    private boolean complete = true;

    int shard() {
      return shard;
    }

    /** Adds what changed in a series, if there is room; returns how many bytes that takes. */
    int add(LiveSeries live, boolean hasRoom) {
      Instrument instrument = live.instrument();
      present.add(instrument);
      Sent before = sent.get(instrument);
      SeriesState state = live.state();
      long stamp = live.series().stamp();
      if (before != null && before.stamp == stamp && before.state.isLike(state)) {
        return 0;
      }
      if (!hasRoom) {
        complete = false;
        return 0;
      }
      byte[] delta = live.series().delta(before == null ? -1 : before.seq);
      entries.add(new StandbyBatch.Entry(instrument.symbol(), state, Buffer.buffer(delta)));
      sent.put(instrument, new Sent(stamp, live.series().seq(), state));
      return delta.length;
    }

    /** Ends the round; it tells something if anything changed, or nothing was told for a while. */
    News end(long term, List<LanePosition> positions, Function<Instrument, Buffer> quoteBodies) {
      for (Instrument instrument : List.copyOf(sent.keySet())) {
        if (!present.contains(instrument)) {
          SeriesState state = sent.remove(instrument).state;
          entries.add(new StandbyBatch.Entry(instrument.symbol(), state, Buffer.buffer()));
        }
      }
      List<Buffer> bodies = quotes.stream().map(quoteBodies).toList();
      quotes.clear();
      boolean moved = complete && !positions.equals(toldPositions);
      if (!first && entries.isEmpty() && bodies.isEmpty() && !moved && passes < PASSES_SILENT) {
        return new News(Optional.empty());
      }
      StandbyBatch.Section section = new StandbyBatch.Section(
          shard, term, session, first, complete, positions, entries, bodies);
      passes = 0;
      first = false;
      toldPositions = complete ? positions : toldPositions;
      handOver.ifPresent(handed -> handed.lastTold = handed.stopped && complete);
      return new News(Optional.of(section));
    }
  }
}
