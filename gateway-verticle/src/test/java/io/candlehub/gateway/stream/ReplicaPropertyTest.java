package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.gateway.Charts;
import io.candlehub.gateway.ClientSeries;
import io.candlehub.gateway.FakeSeries;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is lost, delayed, resumed or restarted, every client ends with the canonical series. */
class ReplicaPropertyTest {
  private static final int CLIENTS = 4;

  private static final class Client implements Sink<ChartMessage> {
    private final ClientSeries series = new ClientSeries();
    private boolean blocked;
    private Cursor<ChartMessage, ChartMessage> cursor;

    @Override
    public boolean writable() {
      return !blocked;
    }

    @Override
    public void write(ChartMessage message) {
      series.take(message);
    }
  }

  private static final class World implements Source<ChartMessage> {
    private final Random random;
    private final FakeSeries canon = new FakeSeries(Charts.SPY);
    private final ManualClock clock = new ManualClock(0);
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Fanout<ChartMessage> fanout;
    private final List<Client> clients = new ArrayList<>();
    private final Set<String> encoded = new HashSet<>();
    private final ChartReplica replica;
    private long version = 1;
    private int epochs = 1;

    World(long seed, int windowMillis) {
      random = new Random(seed);
      canon.put(Charts.bar(0, 10), Charts.bar(1, 11));
      replica = new ChartReplica(canon.snapshot(true), 0);
      Pace pace = new Pace(
          scheduler,
          () -> clock.millis() * 1_000_000,
          Duration.ofMillis(windowMillis),
          Duration.ZERO);
      fanout = new Fanout<>(this, pace, new StreamMeters(new SimpleMeterRegistry()), () -> {});
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client();
        clients.add(client);
        join(client);
      }
    }

    private final Encoding<ChartMessage, ChartMessage> encoding = message -> {
      String name = message instanceof ChartUpdate update ? "from " + update.fromSeq() : "snapshot";
      assertThat(encoded.add(name + " at " + version() + " " + clock.millis()))
          .as("one encoding per position and version, %s", name)
          .isTrue();
      return new Encoded<>(message, 1);
    };

    void join(Client client) {
      Position since = client.series.messages() == 0
          ? Position.START
          : new Position(client.series.epoch(), client.series.seq());
      double rate = random.nextInt(3) == 0 ? 20 : 0;
      client.cursor = fanout.join(encoding, client, since, rate);
      client.cursor.flush();
    }

    void step() {
      Client client = clients.get(random.nextInt(CLIENTS));
      switch (random.nextInt(10)) {
        case 0 -> client.blocked = true;
        case 1 -> {
          client.blocked = false;
          client.cursor.flush();
        }
        case 2 -> {
          client.cursor.close();
          join(client);
        }
        case 3 -> change();
        case 4 -> {
          if (random.nextInt(8) == 0) {
            canon.restart("e" + ++epochs);
          }
        }
        case 5 -> {
          scheduler.advance(Duration.ofMillis(random.nextInt(400)));
        }
        default -> hear(change());
      }
    }

    private ChartUpdate change() {
      int count = random.nextInt(3);
      Bar[] bars = new Bar[count];
      int first = random.nextInt(40);
      for (int i = 0; i < count; i++) {
        bars[i] = Charts.bar(first + i, 10 + random.nextInt(100));
      }
      return canon.put(bars);
    }

    void hear(ChartUpdate update) {
      if (replica.apply(update, 0) == ChartReplica.Outcome.HOLE) {
        ChartMessage answer = canon.since(replica.head().epoch(), replica.head().seq());
        if (answer instanceof ChartSnapshot snapshot) {
          replica.replace(snapshot, 0);
        } else {
          replica.apply((ChartUpdate) answer, 0);
        }
      }
      version++;
      fanout.changed();
    }

    void settle() {
      hear(canon.put(Charts.bar(99, 5)));
      scheduler.advance(Duration.ofSeconds(2));
      for (Client client : clients) {
        client.blocked = false;
        client.cursor.flush();
      }
      scheduler.advance(Duration.ofSeconds(2));
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public Position head() {
      return replica.head();
    }

    @Override
    public boolean continues(Position position) {
      return replica.continues(position);
    }

    @Override
    public ChartMessage snapshot() {
      return replica.snapshot(0);
    }

    @Override
    public ChartMessage after(Position position) {
      return replica.after(position.seq(), 0);
    }
  }

  @Property(tries = 300)
  void shouldBringEveryClientToTheCanonicalSeries(
      @ForAll long seed, @ForAll @IntRange(max = 50) int windowMillis) {
    World world = new World(seed, windowMillis);
    for (int i = 0; i < 200; i++) {
      world.step();
    }
    world.settle();
    for (Client client : world.clients) {
      assertThat(client.series.bars()).isEqualTo(world.canon.bars());
      assertThat(client.series.seq()).isEqualTo(world.canon.seq());
    }
  }
}
