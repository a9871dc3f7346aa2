package io.candlehub.redis;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that is opened again whenever it is lost, after a pause that doubles and differs by chance, so
 * that nodes do not come back in step. A server that answers nothing for three seconds counts as lost: TCP alone would
 * take minutes to notice.
 *
 * <p>Every attempt has a client of its own, closed with it, so that nothing is left of a connection that hangs.
 *
 * <p>Confined to the carrier's event loop.
 */
final class RedisLink {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final long CONNECT_SECONDS = 4;
  private static final int MOST_UNANSWERED = 3;

  /** A connection that lasted so long ends the row of attempts, a shorter one does not. */
  private static final int STEADY_BEATS = 10;

  private final String use;
  private final Ground ground;
  private final Lane lane;
  private final Promise<Void> tried = Promise.promise();
  private Optional<Redis> client = Optional.empty();
  private Scheduler.Cancellable timer = () -> {};
  private Duration pause = SHORTEST_PAUSE;
  private String fault = "not connected yet";
  private boolean everUp;
  private boolean told;
  private boolean closed;
  private int attempt;
  private int unanswered;
  private int beats;

  /**
   * What links are made over.
   *
   * @param server host and port, for logs
   * @param clients makes a client of the server
   * @param scheduler runs timers on the carrier's event loop
   * @param random spreads the pauses
   * @param meters counts reconnects
   * @param changed run when a link's or lane's fault changes
   */
  record Ground(
      String server,
      Supplier<Redis> clients,
      Scheduler scheduler,
      RandomGenerator random,
      CarrierMeters meters,
      Runnable changed) {}

  /** What a connection is used for. */
  interface Lane {
    /** Takes a connection into use. */
    void up(RedisConnection connection);

    /** Takes note that there is none; also after each attempt that fails. */
    void down();

    /** Asks something of the server whose answer is told by {@link #answered()}. */
    void beat(RedisConnection connection);

    /** Takes what the server sends unasked. */
    void received(Response push);
  }

  /** Creates a link that is not opened yet. */
  RedisLink(String use, Ground ground, Lane lane) {
    this.use = use;
    this.ground = ground;
    this.lane = lane;
  }

  /** Begins to connect; the future is done after the first attempt, whatever came of it. */
  Future<Void> open() {
    connect();
    return tried.future();
  }

  /** Returns why there is no connection; empty if there is one. */
  String fault() {
    return fault;
  }

  private void connect() {
    if (closed) {
      return;
    }
    int mine = ++attempt;
    Redis fresh = ground.clients.get();
    client = Optional.of(fresh);
    fresh.connect().timeout(CONNECT_SECONDS, TimeUnit.SECONDS).onComplete(done -> {
      if (mine != attempt || closed) {
        return;
      }
      if (done.succeeded()) {
        up(mine, done.result());
      } else {
        lost(mine, words(done.cause()));
      }
      tried.tryComplete();
    });
  }

  private void up(int mine, RedisConnection connection) {
    connection
        .endHandler(end -> lost(mine, "the server closed the connection"))
        .exceptionHandler(failure -> lost(mine, words(failure)))
        .handler(push -> {
          if (mine == attempt) {
            lane.received(push);
          }
        });
    LOG.info("redis connected [use: {}, server: {}]", use, ground.server);
    if (everUp) {
      ground.meters.reconnected();
    }
    everUp = true;
    told = false;
    unanswered = 0;
    beats = 0;
    fault = "";
    lane.up(connection);
    ground.changed.run();
    beat(mine, connection);
  }

  private void beat(int mine, RedisConnection connection) {
    if (mine != attempt || closed) {
      return;
    }
    if (unanswered >= MOST_UNANSWERED) {
      lost(mine, "the server does not answer");
      return;
    }
    unanswered++;
    beats++;
    if (beats == STEADY_BEATS) {
      pause = SHORTEST_PAUSE;
    }
    lane.beat(connection);
    timer = ground.scheduler.after(BEAT, () -> beat(mine, connection));
  }

  /** Takes note that the server has said something. */
  void answered() {
    unanswered = 0;
  }

  /** Gives the present connection up and opens another one. */
  void fail(String reason) {
    lost(attempt, reason);
  }

  private void lost(int mine, String reason) {
    if (mine != attempt || closed) {
      return;
    }
    attempt++;
    if (!told) {
      told = true;
      LOG.warn("redis lost [use: {}, server: {}, cause: {}]", use, ground.server, reason);
    }
    fault = reason;
    timer.cancel();
    drop();
    lane.down();
    ground.changed.run();
    double part = 0.5 + ground.random.nextDouble() / 2;
    timer = ground.scheduler.after(
        Duration.ofMillis(Math.round(pause.toMillis() * part)), this::connect);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private Future<Void> drop() {
    Future<Void> dropped = client.map(Redis::close).orElseGet(Future::succeededFuture);
    client = Optional.empty();
    return dropped.onFailure(e -> LOG.debug("redis client not closed [use: {}]", use, e));
  }

  /** Closes the connection for good. */
  Future<Void> close() {
    closed = true;
    timer.cancel();
    Future<Void> dropped = drop();
    lane.down();
    return dropped;
  }

  /** The server's texts may name users and channels, and a client's may name the address: neither is passed on. */
  private static String words(Throwable failure) {
    if (failure instanceof Response refusal) {
      return "the server refused: " + code(refusal);
    }
    if (failure instanceof TimeoutException) {
      return "the server does not answer";
    }
    return failure instanceof IOException
        ? failure.getMessage()
        : "not connected: " + failure.getClass().getSimpleName();
  }

  /** Returns the word by which Redis names an error, for example {@code NOPERM}. */
  static String code(Response error) {
    return error.toString().split(" ", 2)[0];
  }
}
