package io.candlehub.hub.chain;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.hub.option.ChainConfig;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.feed.QuoteEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;

/** A desk on a hand-driven clock over {@link ScriptedOptions}, and a viewer that believes what it is told. */
final class DeskRig {
  static final Instrument SPY = Instrument.of("SPY");
  static final int WINDOW = 10;
  static final int MOST_LIVE = 100;

  final ManualClock clock =
      new ManualClock(ZonedDateTime.parse("2025-12-01T10:00-05:00").toInstant().toEpochMilli());
  final ManualScheduler scheduler = new ManualScheduler(clock);
  final ScriptedOptions provider = new ScriptedOptions(clock);
  final List<ChainUpdate> updates = new ArrayList<>();
  final Set<String> shownLive = new HashSet<>();
  boolean closed;
  final Set<Instrument> closedUnderlyings = new HashSet<>();
  boolean served = true;

  /** Whether who works has something else to do. */
  boolean busy;

  /** What is left to do. */
  final List<Runnable> waiting = new ArrayList<>();

  Origin streaming = new Origin("first", "");
  final ChainDesk desk;

  DeskRig() {
    this(new MemoryChains());
  }

  DeskRig(MemoryChains store) {
    desk = new ChainDesk(new ChainParts(
        new ChainConfig(WINDOW, MOST_LIVE, 0, 0, Map.of()),
        provider,
        store,
        this::work,
        clock,
        clock,
        scheduler,
        new Random(1),
        underlying -> closed || closedUnderlyings.contains(underlying),
        underlying -> underlying.symbol().equals("NOPE")
            ? Future.failedFuture(Failure.UNKNOWN_INSTRUMENT.because("no instrument"))
            : Future.succeededFuture(),
        contract -> streaming,
        underlying -> served,
        this::told));
    desk.start();
  }

  /** Works at once, or when the test does what was left to do. */
  private <T> Future<T> work(Callable<T> work) {
    if (!busy) {
      return here(work);
    }
    Promise<T> done = Promise.promise();
    waiting.add(() -> here(work).onComplete(done));
    return done.future();
  }

  private static <T> Future<T> here(Callable<T> work) {
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private void told(ChainUpdate update) {
    updates.add(update);
    shownLive.removeAll(update.removed());
    for (OptionLeg leg : update.legs()) {
      String symbol = leg.contract().instrument().symbol();
      if (leg.live()) {
        shownLive.add(symbol);
      } else {
        shownLive.remove(symbol);
      }
    }
  }

  /** Lets the clock stand at an instant. */
  void begin(String time) {
    clock.advance(ZonedDateTime.parse(time).toInstant().toEpochMilli() - clock.millis());
  }

  void pass(Duration time) {
    scheduler.advance(time);
  }

  void pass(long millis) {
    pass(Duration.ofMillis(millis));
  }

  void look(ChainFocus... focuses) {
    desk.want(Set.of(focuses), Set.of());
  }

  /** Lets the underlying trade. */
  void trade(double price) {
    provider.spot = price;
    double none = Double.NaN;
    desk.onUnderlying(new Quote(
        SPY, none, none, none, none, price, none, none, none, clock.millis(), Origin.UNKNOWN));
  }

  void quote(String symbol, double bid, double ask) {
    desk.onQuote(new QuoteEvent(Instrument.of(symbol), clock.millis(), 0, 0, bid, 3, ask, 4));
  }

  ChainUpdate lastUpdate() {
    return updates.get(updates.size() - 1);
  }
}
