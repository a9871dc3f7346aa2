package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the hub can be reached. The hub reports the market's status every few seconds. When no report has come
 * for {@value #SILENCE_SECONDS} s, or when somebody doubts it, the hub is asked; if it does not answer and nothing at
 * all is heard of it meanwhile, it is lost until its next report. A lost hub is asked every {@value #RETRY_SECONDS} s.
 *
 * <p>Confined to the gateway's event loop.
 */
final class HubWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HubWatch.class);
  private static final int SILENCE_SECONDS = 8;
  private static final int RETRY_SECONDS = 2;

  private final Hub hub;
  private final Scheduler scheduler;
  private final Listener listener;
  private Scheduler.Cancellable timer = () -> {};
  private boolean lost;
  private boolean asking;
  private boolean stopped;

  /** What is watched. */
  interface Hub {
    /** Asks for the market's status; fails if no hub answers. */
    Future<JsonObject> status();

    /** Returns how many messages have been heard of the hub. */
    long messages();
  }

  /** Who wants to know. */
  interface Listener {
    /** Tells an answer; must call {@link HubWatch#reported()}. */
    void answered(JsonObject status);

    /** Tells that the hub is lost. */
    void lost();

    /** Tells that the hub is there again. */
    void back();
  }

  HubWatch(Hub hub, Scheduler scheduler, Listener listener) {
    this.hub = hub;
    this.scheduler = scheduler;
    this.listener = listener;
  }

  /** Asks now, unless an answer is awaited. */
  void ask() {
    if (asking || stopped) {
      return;
    }
    asking = true;
    timer.cancel();
    long before = hub.messages();
    hub.status().onComplete(done -> {
      asking = false;
      if (stopped) {
        return;
      }
      if (done.succeeded()) {
        listener.answered(done.result());
      } else if (hub.messages() == before) {
        unanswered(done.cause());
      } else {
        askIn(lost ? RETRY_SECONDS : SILENCE_SECONDS);
      }
    });
  }

  /** Takes note of a report of the hub. */
  void reported() {
    askIn(SILENCE_SECONDS);
    if (lost) {
      lost = false;
      LOG.info("hub is reachable again");
      listener.back();
    }
  }

  private void unanswered(Throwable cause) {
    askIn(RETRY_SECONDS);
    if (!lost) {
      lost = true;
      LOG.warn("hub is not reachable [cause: {}]", cause.getMessage());
      listener.lost();
    }
  }

  private void askIn(int seconds) {
    timer.cancel();
    if (!stopped) {
      timer = scheduler.after(Duration.ofSeconds(seconds), this::ask);
    }
  }

  void stop() {
    stopped = true;
    timer.cancel();
  }
}
