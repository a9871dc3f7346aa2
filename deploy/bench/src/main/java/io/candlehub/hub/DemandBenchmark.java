package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.StreamPositions;
import io.candlehub.cluster.Shards;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.DemandTeller;
import io.candlehub.demand.TopicSet;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * 20 gateways that want 10,000 charts each, and one hub that owns all shards: what both do for the demand and for what it
 * is answered, where the streams are, with all messages written and read as they are on the wire.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DemandBenchmark {
  private static final int GATEWAYS = 20;
  private static final int SYMBOLS = 10_000;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Scheduler NEVER = (delay, task) -> () -> {};

  private final List<Gateway> gateways = new ArrayList<>();
  private DemandLedger ledger = ledger();
  private final List<String> charts = new ArrayList<>();
  private long touched;
  private long known;
  private int next;

  /** Creates the gateways and tells their demand. */
  public DemandBenchmark() {
    for (int i = 0; i < SYMBOLS; i++) {
      charts.add(chart(symbol(i)));
    }
    for (int i = 0; i < GATEWAYS; i++) {
      gateways.add(new Gateway("gateway-" + i));
    }
    renewal();
  }

  private DemandLedger ledger() {
    return new DemandLedger(
        NEVER, Duration.ZERO, instruments -> touched += instruments.size(), new PublicationLog(1));
  }

  private static Instrument symbol(int number) {
    return Instrument.of("S" + Integer.toString(number, 36).toUpperCase(Locale.ROOT));
  }

  private static String chart(Instrument instrument) {
    return Addresses.chart(new StreamKey(instrument, Timeframe.M1, SessionMode.EXTENDED));
  }

  private final class Gateway {
    private final Map<String, TopicSet> sets = new HashMap<>();
    private final String name;
    private final DemandTeller teller;
    private long reports;

    Gateway(String name) {
      this.name = name;
      for (int i = 0; i < SYMBOLS; i++) {
        Instrument instrument = symbol(i);
        set(instrument).add(chart(instrument));
      }
      teller = new DemandTeller(
          name, name, "hub", report -> carry(name, report), NEVER, () -> ++reports, () -> {});
      teller.sets(sets);
    }

    private TopicSet set(Instrument instrument) {
      return sets.computeIfAbsent(Integer.toString(Shards.of(instrument)), shard -> new TopicSet());
    }

    private Future<JsonObject> carry(String name, JsonObject report) {
      Buffer wire = report.toBuffer();
      boolean known = ledger.tell(name, DemandReport.from(new JsonObject(wire)), LEASE);
      return Future.succeededFuture(DemandReport.answer(known));
    }
  }

  /** Renews the demand of all gateways, in which nothing has changed. */
  @Benchmark
  public final long renewal() {
    gateways.forEach(gateway -> gateway.teller.renew());
    return touched;
  }

  /** One gateway wants a chart more, or no more. */
  @Benchmark
  public long change() {
    next++;
    Gateway gateway = gateways.get(next / 2 % GATEWAYS);
    Instrument instrument = symbol(SYMBOLS + next / 2 % SYMBOLS);
    TopicSet set = gateway.set(instrument);
    if (next % 2 == 0) {
      set.add(chart(instrument));
    } else {
      set.remove(chart(instrument));
    }
    gateway.teller.changed();
    return touched;
  }

  /** All gateways tell everything to a hub that knows nothing. */
  @Benchmark
  public long everything() {
    ledger = ledger();
    return renewal();
  }

  /** One gateway that knows no position is told all. */
  @Benchmark
  public long positionsAtFirst() {
    return ask(0);
  }

  /** All charts go on, which is noted: 10,000 publications. */
  @Benchmark
  public long publications() {
    charts.forEach(ledger::published);
    return touched;
  }

  /** All charts go on, which is noted, and one gateway asks for positions. */
  @Benchmark
  public long positionsWhileAllGoOn() {
    publications();
    return ask(known);
  }

  /** A hundred charts come to rest, which is noted, and one gateway asks for positions and is told of them. */
  @Benchmark
  public long positionsOfAHundred() {
    next++;
    for (int i = 0; i < 100; i++) {
      ledger.published(charts.get((next * 100 + i) % SYMBOLS));
    }
    return ask(known);
  }

  private long ask(long since) {
    ledger.due(gateways.get(0).name, since).ifPresent(due -> {
      if (!due.moving().isEmpty()) {
        tell(due.moving(), PositionTeller.NOT_ALL);
      }
      tell(due.rested(), due.upTo());
    });
    return known;
  }

  private void tell(List<String> topics, long upTo) {
    List<StreamPositions.Chart> positions = new ArrayList<>(topics.size());
    for (DemandTopic topic : ledger.read(topics)) {
      StreamKey key = ((DemandTopic.Chart) topic).key();
      positions.add(new StreamPositions.Chart(key, upTo, "1x2y3z4a5b6c", touched, 7));
    }
    Buffer wire =
        new StreamPositions("hub", upTo, positions, List.of()).toJson().toBuffer();
    known = StreamPositions.from(new JsonObject(wire)).upTo();
  }
}
