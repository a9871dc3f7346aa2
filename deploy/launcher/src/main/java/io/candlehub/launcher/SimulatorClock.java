package io.candlehub.launcher;

import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SettingException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the market clock of a simulator: reads {@code /sim/clock} a few times a second, extrapolates between the
 * reads and never goes back (architecture §7). When the simulator begins anew, which only a restart or a seek back makes
 * it do, this clock's market is over. Safe to read from any thread.
 */
final class SimulatorClock implements MarketClock {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorClock.class);
  private static final Duration READ_EVERY = Duration.ofMillis(250);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final HttpClient client;
  private final String url;
  private final String provider;
  private final LongSupplier nanoClock;
  private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
  private final Promise<Void> over = Promise.promise();
  private volatile Reading reading;
  private volatile boolean lost;

  private SimulatorClock(Vertx vertx, String url, String provider, LongSupplier nanoClock) {
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
    this.url = url;
    this.provider = provider;
    this.nanoClock = nanoClock;
  }

  /**
   * Begins to follow a simulator, which may still be starting.
   *
   * @param url the simulator's address without a trailing slash
   * @param provider id of the provider that names the feed
   * @param patience how long the first reading is tried
   * @return the clock once it has been read for the first time; fails with {@link SettingException} if there is
   *     something else at that address
   */
  static Future<SimulatorClock> follow(
      Vertx vertx, String url, String provider, LongSupplier nanoClock, Duration patience) {
    SimulatorClock clock = new SimulatorClock(vertx, url, provider, nanoClock);
    return clock.readFirst(patience, patience, READ_EVERY).map(first -> {
      clock.readAgainLater();
      return clock;
    });
  }

  @Override
  public long millis() {
    Reading now = reading;
    return latestMillis.accumulateAndGet(now.at(nanoClock.getAsLong()), Math::max);
  }

  @Override
  public double speed() {
    return reading.speed;
  }

  /** Returns the market as the simulator describes it. */
  MarketDescriptor market() {
    return reading.market;
  }

  /** Returns which run of a simulator this clock belongs to. */
  String run() {
    return reading.run;
  }

  /** Succeeds when the simulator has begun anew: its time is another one from then on, and this clock of no use. */
  Future<Void> over() {
    return over.future();
  }

  private Future<Reading> readFirst(Duration patience, Duration left, Duration pause) {
    long began = nanoClock.getAsLong();
    return read().recover(failure -> {
      if (failure instanceof SettingException) {
        return Future.failedFuture(failure);
      }
      Duration spent = Duration.ofNanos(nanoClock.getAsLong() - began).plus(pause);
      if (left.compareTo(spent) <= 0) {
        return Future.failedFuture(new IllegalStateException(
            "the market clock of the simulator at " + url + " (" + NodeConfig.MARKET_CLOCK.key()
                + ") could not be read for " + patience.toSeconds() + " s: "
                + Causes.root(failure)));
      }
      if (left.equals(patience)) {
        LOG.warn(
            "waiting for the market clock [url: {}, at most: {} s, cause: {}]",
            url,
            patience.toSeconds(),
            Causes.root(failure));
      }
      Duration next = pause.multipliedBy(2);
      return vertx
          .timer(pause.toMillis())
          .compose(fired -> readFirst(
              patience,
              left.minus(spent),
              next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
    });
  }

  private void readAgainLater() {
    vertx.setTimer(READ_EVERY.toMillis(), id -> {
      try {
        read().onComplete(ignored -> {
          if (!over.future().isComplete()) {
            readAgainLater();
          }
        });
      } catch (IllegalStateException closed) {
        // The client refuses once Vert.x is closing, when a last timer may still fire.
        LOG.debug("market clock is not read any more [cause: {}]", closed.getMessage());
      }
    });
  }

  private Future<Reading> read() {
    long sent = nanoClock.getAsLong();
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setAbsoluteURI(url + "/sim/clock")
        .setTimeout(READ_TIMEOUT.toMillis());
    return client
        .request(request)
        .compose(HttpClientRequest::send)
        .compose(response -> response.body().map(body -> parse(response.statusCode(), body, sent)))
        .map(this::accept)
        .onFailure(failure -> {
          if (!lost && reading != null) {
            LOG.warn("market clock lost [url: {}, cause: {}]", url, failure.getMessage());
          }
          lost = true;
        });
  }

  private Reading parse(int status, Buffer body, long sentNanos) {
    long errorNanos = (nanoClock.getAsLong() - sentNanos) / 2;
    long nanos = sentNanos + errorNanos;
    if (status >= 500) {
      throw new IllegalStateException("/sim/clock answers " + status);
    }
    if (status != 200) {
      throw noClock("/sim/clock answers " + status);
    }
    try {
      JsonObject json = body.toJsonObject();
      String marketId = json.getString("marketId");
      String run = json.getString("run");
      Long marketMillis = json.getLong("marketMillis");
      Double speed = json.getBoolean("paused", false) ? Double.valueOf(0) : json.getDouble("speed");
      if (marketId == null || run == null || marketMillis == null || speed == null) {
        throw noClock("/sim/clock answers something else");
      }
      MarketDescriptor.Mode mode = "replay".equals(json.getString("mode"))
          ? MarketDescriptor.Mode.REPLAY
          : MarketDescriptor.Mode.SYNTHETIC;
      return new Reading(
          marketMillis,
          nanos,
          errorNanos,
          speed,
          new MarketDescriptor(marketId, mode, provider),
          run);
    } catch (DecodeException | ClassCastException e) {
      throw noClock("/sim/clock answers something else");
    }
  }

  private SettingException noClock(String why) {
    return new SettingException(
        NodeConfig.MARKET_CLOCK.key(), url, "the address of a simulator (" + why + ")");
  }

  private Reading accept(Reading next) {
    if (reading != null && !reading.run.equals(next.run)) {
      LOG.error(
          "the simulator was restarted or set back, and a node's time never goes back: its market is over [url: {}, time"
              + " of this node: {}, time of the simulator: {}]",
          url,
          Instant.ofEpochMilli(millis()),
          Instant.ofEpochMilli(next.marketMillis));
      over.tryComplete();
      return reading;
    }
    if (reading == null || !reading.isBetterThan(next)) {
      reading = next;
    }
    if (lost) {
      LOG.info("market clock found again [url: {}]", url);
      lost = false;
    }
    return reading;
  }

  /**
   * What the simulator said.
   *
   * @param nanos middle of question and answer
   * @param errorNanos half of the time between them: it was said at most so much earlier or later
   */
  private record Reading(
      long marketMillis,
      long nanos,
      long errorNanos,
      double speed,
      MarketDescriptor market,
      String run) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Two machines' oscillators differ by less. */
    private static final double DRIFT = 1e-4;

    long at(long nanoTime) {
      return marketMillis + (long) ((nanoTime - nanos) / NANOS_PER_MILLI * speed);
    }

    /** An answer that took long says less than an older one with which it agrees as well as it can. */
    boolean isBetterThan(Reading next) {
      double ownError = errorNanos + (next.nanos - nanos) * DRIFT;
      double most = (ownError + next.errorNanos) / NANOS_PER_MILLI * speed + 1;
      return speed == next.speed
          && ownError < next.errorNanos
          && Math.abs(at(next.nanos) - next.marketMillis) <= most;
    }
  }
}
