package io.candlehub.launcher;

import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the market clock of a simulator: reads {@code /sim/clock} a few times a second, extrapolates between the
 * reads and never goes back (architecture §7). Safe to read from any thread.
 */
final class SimulatorClock implements MarketClock {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorClock.class);
  private static final Duration READ_EVERY = Duration.ofMillis(250);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final HttpClient client;
  private final String url;
  private final String provider;
  private final LongSupplier nanoClock;
  private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
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
   * Begins to follow a simulator.
   *
   * @param url the simulator's address without a trailing slash
   * @param provider id of the provider that names the feed
   * @return the clock once it has been read for the first time
   */
  static Future<SimulatorClock> follow(
      Vertx vertx, String url, String provider, LongSupplier nanoClock) {
    SimulatorClock clock = new SimulatorClock(vertx, url, provider, nanoClock);
    return clock.read().map(first -> {
      clock.readAgainLater();
      return clock;
    });
  }

  @Override
  public long millis() {
    Reading now = reading;
    double elapsedMillis = (nanoClock.getAsLong() - now.nanos) / 1e6;
    long extrapolated = now.marketMillis + (long) (elapsedMillis * now.speed);
    return latestMillis.accumulateAndGet(extrapolated, Math::max);
  }

  @Override
  public double speed() {
    return reading.speed;
  }

  /** Returns the market as the simulator describes it. */
  MarketDescriptor market() {
    return reading.market;
  }

  private void readAgainLater() {
    vertx.setTimer(READ_EVERY.toMillis(), id -> {
      try {
        read().onComplete(ignored -> readAgainLater());
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
        .compose(HttpClientResponse::body)
        .map(body -> accept(body, sent))
        .onFailure(failure -> {
          if (!lost && reading != null) {
            LOG.warn("market clock lost [url: {}, cause: {}]", url, failure.getMessage());
          }
          lost = true;
        });
  }

  private Reading accept(Buffer body, long sentNanos) {
    JsonObject json = body.toJsonObject();
    long nanos = sentNanos + (nanoClock.getAsLong() - sentNanos) / 2;
    double speed = json.getBoolean("paused", false) ? 0 : json.getDouble("speed");
    MarketDescriptor.Mode mode = "replay".equals(json.getString("mode"))
        ? MarketDescriptor.Mode.REPLAY
        : MarketDescriptor.Mode.SYNTHETIC;
    MarketDescriptor market = new MarketDescriptor(json.getString("marketId"), mode, provider);
    reading = new Reading(json.getLong("marketMillis"), nanos, speed, market);
    if (lost) {
      LOG.info("market clock found again [url: {}]", url);
      lost = false;
    }
    return reading;
  }

  private record Reading(long marketMillis, long nanos, double speed, MarketDescriptor market) {}
}
