package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

/**
 * Says goodbye to many clients little by little: where they go next, others are served who would wait while all of them
 * connect at once. Who is still here is served meanwhile.
 */
public final class Farewell {
  private static final int PER_SECOND = 500;
  private static final long LONGEST_MILLIS = 3_000;
  private static final long STEP_MILLIS = 20;

  private Farewell() {}

  /**
   * Runs goodbyes one after the other, 500 a second, or as many more as it takes to say all of them within 3 s.
   *
   * @return completes when the last one has been said
   */
  public static Future<Void> say(Vertx vertx, Collection<Runnable> goodbyes) {
    int size = goodbyes.size();
    long steps = LONGEST_MILLIS / STEP_MILLIS;
    long each = Math.max(PER_SECOND * STEP_MILLIS / 1_000, (size + steps - 1) / steps);
    Promise<Void> said = Promise.promise();
    say(vertx, new ArrayDeque<>(goodbyes), each, said);
    return said.future();
  }

  private static void say(Vertx vertx, Queue<Runnable> left, long each, Promise<Void> said) {
    for (long i = 0; i < each && !left.isEmpty(); i++) {
      left.remove().run();
    }
    if (left.isEmpty()) {
      said.complete();
    } else {
      vertx.setTimer(STEP_MILLIS, due -> say(vertx, left, each, said));
    }
  }
}
