package io.candlehub.ingest;

import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.FeedParcelCodec;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ShardOwner;
import io.candlehub.cluster.SingleNode;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.candlehub.model.feed.QuoteEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Takes frames of a provider, bars and quotes of 1,000 symbols, half each, on a node alone and in a cluster. The bus is
 * left out of both; in the cluster the hub acknowledges after each hundred frames, and the journal is full.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FeedBenchmark {
  private static final int SYMBOLS = 1_000;
  private static final int FRAMES = 1_000;
  private static final int FRAMES_ACKNOWLEDGED = 100;
  private static final long TERM = 1;
  private static final String PROVIDER = "bench";
  private static final JournalLimits LIMITS = new JournalLimits(Duration.ofSeconds(130), 64 << 20);

  /** Events of a frame. */
  @Param({"1", "10", "200"})
  public int size;

  private final Map<Integer, Long> sent = new HashMap<>();
  private final FeedParcelCodec codec = new FeedParcelCodec();
  private final List<List<FeedEvent>> frames = new ArrayList<>();
  private FeedOutbox outbox;
  private FeedSender sender;
  private boolean encoding;
  private long shardTerm;
  private int next;
  private long bytes;

  /** Composes the frames and both ways. */
  @Setup(Level.Trial)
  public void create() {
    InstantSource wall = InstantSource.system();
    FeedSender.Clocks clocks = new FeedSender.Clocks(
        MarketClock.of(wall), wall, System::nanoTime, (delay, task) -> () -> {});
    FeedHops hops = new FeedHops(new SimpleMeterRegistry(), PROVIDER);
    outbox =
        new FeedOutbox(silentBus(), new FeedOutbox.Sender("local", PROVIDER, TERM), clocks, hops);
    SingleNode cluster = new SingleNode(Set.of(Role.values()), wall);
    cluster.own(new Owner());
    shardTerm = cluster.owner(0).orElseThrow().term();
    sender = new FeedSender(
        cluster,
        clocks,
        hops,
        new FeedFlow.Feed(PROVIDER, TERM, new FeedJournal(LIMITS, wall.millis())),
        this::take);
    sender.start();
    int event = 0;
    for (int i = 0; i < FRAMES; i++) {
      List<FeedEvent> frame = new ArrayList<>();
      for (int k = 0; k < size; k++) {
        frame.add(event(event++));
      }
      frames.add(frame);
    }
  }

  private static EventBus silentBus() {
    return (EventBus) Proxy.newProxyInstance(
        FeedBenchmark.class.getClassLoader(),
        new Class<?>[] {EventBus.class},
        (proxy, method, arguments) -> proxy);
  }

  private static FeedEvent event(int number) {
    Instrument instrument = Instrument.of("SYM" + number / 2 % SYMBOLS);
    long at = 1_700_000_000_000L + number;
    double price = 100 + number % 100 / 100.0;
    return number % 2 == 0
        ? new QuoteEvent(instrument, at, 0, 0, price, 1, price + 0.01, 2)
        : new AggregateEvent(
            AggregateEvent.Span.SECOND,
            instrument,
            at / 1_000 * 1_000,
            at / 1_000 * 1_000 + 1_000,
            price,
            price + 0.02,
            price - 0.01,
            price + 0.01,
            100,
            price,
            Double.NaN);
  }

  private static final class Owner implements ShardOwner {
    @Override
    public Future<Void> gained(int shard, long term, boolean planned) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> release(int shard, String successorNodeId) {
      return Future.succeededFuture();
    }

    @Override
    public void lost(int shard) {
      throw new IllegalStateException("shard " + shard);
    }
  }

  private Future<Void> take(String node, FeedParcel parcel) {
    for (FeedBatch batch : parcel.batches()) {
      sent.put(batch.shard(), batch.endSeq());
    }
    if (encoding) {
      Buffer wire = Buffer.buffer();
      codec.encodeToWire(wire, parcel);
      bytes += wire.length();
    }
    return Future.succeededFuture();
  }

  private List<FeedEvent> frame() {
    next++;
    return frames.get(next % FRAMES);
  }

  /** Takes a frame on a node alone. */
  @Benchmark
  public void alone() {
    outbox.accept(frame());
  }

  /** Takes a frame in a cluster. */
  @Benchmark
  public void clustered() {
    encoding = false;
    accept();
  }

  /** Takes a frame in a cluster and writes it for the wire. */
  @Benchmark
  public long clusteredToWire() {
    encoding = true;
    accept();
    return bytes;
  }

  private void accept() {
    sender.accept(frame());
    if (next % FRAMES_ACKNOWLEDGED == 0) {
      List<FeedAcks.ShardAck> acks = new ArrayList<>();
      sent.forEach((shard, end) -> {
        if (shard != FeedBatch.EVERY_SHARD) {
          acks.add(new FeedAcks.ShardAck(shard, shardTerm, end, end));
        }
      });
      sent.clear();
      sender.acknowledged(new FeedAcks(SingleNode.NODE_ID, PROVIDER, TERM, acks));
    }
  }
}
