package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says goodbye to many clients little by little: where they go next, others are served who would wait while all of them
 * connect at once. Who is still here is served meanwhile.
 */
public final class Farewell {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
  private static final long PER_SECOND = 500;
  private static final long LONGEST_MILLIS = 3_000;
  private static final long STEP_MILLIS = 20;

  private final Vertx vertx;
  private final Queue<Runnable> left;
  private final int size;
  private final long millis;
  private final long begunNanos = System.nanoTime();
  private final Promise<Void> said = Promise.promise();

  private Farewell(Vertx vertx, Collection<Runnable> goodbyes) {
    this.vertx = vertx;
    left = new ArrayDeque<>(goodbyes);
    size = left.size();
    millis = Math.min(LONGEST_MILLIS, size * 1_000L / PER_SECOND);
  }

  /**
   * Runs goodbyes one after the other, 500 a second, or as many more as it takes to say all of them within 3 s.
   *
   * @return completes when the last one has been said
   */
  public static Future<Void> say(Vertx vertx, Collection<Runnable> goodbyes) {
    Farewell farewell = new Farewell(vertx, goodbyes);
    farewell.go();
    return farewell.said.future();
  }

  /** Says as many as are due by the time, so that a loop that is late does not take longer. */
  private void go() {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos) + STEP_MILLIS;
    long due = passed >= millis ? size : size * passed / millis;
    while (!left.isEmpty() && size - left.size() < due) {
      say(left.remove());
    }
    if (left.isEmpty()) {
      said.complete();
    } else {
      vertx.setTimer(STEP_MILLIS, late -> go());
    }
  }

  private static void say(Runnable goodbye) {
    try {
      goodbye.run();
    } catch (RuntimeException e) {
      LOG.error("a client was not told to go", e);
    }
  }
}
