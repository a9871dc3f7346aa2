package io.candlehub.gateway.live;

import io.candlehub.bus.FailureException;
import io.candlehub.gateway.socketio.Ack;
import io.candlehub.model.Scheduler;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The acknowledgement of one event, given once: at the latest {@value #LONGEST_SECONDS} s after the event, then with
 * state {@code pending} (contract §4).
 */
final class Answer {
  private static final int LONGEST_SECONDS = 5;

  private final Ack ack;
  private final Scheduler.Cancellable patience;
  private boolean given;

  Answer(Ack ack, Scheduler scheduler) {
    this.ack = ack;
    this.patience = scheduler.after(Duration.ofSeconds(LONGEST_SECONDS), () -> accepted("pending"));
  }

  void accepted(String state) {
    give(new JsonObject().put("ok", true).put("state", state));
  }

  void refused(FailureException failure) {
    give(refusal(failure));
  }

  /** Gives an answer, unless one was given. */
  void give(JsonObject answer) {
    patience.cancel();
    if (!given) {
      given = true;
      ack.send(answer);
    }
  }

  static JsonObject refusal(FailureException failure) {
    return new JsonObject().put("ok", false).put("error", failure.toJson());
  }
}
