package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether any hub can be reached. The hub reports the market's status every few seconds. When no report has come
 * for {@value #SILENCE_SECONDS} s, or when somebody doubts it, a hub is asked, and asked again; if none answers and
 * nothing at all is heard of them for {@value #PATIENCE_MILLIS} ms, which is longer than one takes over from another,
 * they are lost until the next report. A lost hub is asked every second.
 *
 * <p>Confined to the gateway's event loop.
 */
final class HubWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HubWatch.class);
  private static final int SILENCE_SECONDS = 8;
  private static final int PATIENCE_MILLIS = 1_500;
  private static final Duration SILENCE = Duration.ofSeconds(SILENCE_SECONDS);
  private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);
  private static final Duration SOON = Duration.ofMillis(250);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Hub hub;
  private final Scheduler scheduler;
  private final Listener listener;
  private Scheduler.Cancellable timer = () -> {};
  private Scheduler.Cancellable verdict = () -> {};
  private boolean doubted;
  private boolean lost;
  private boolean asking;
  private boolean stopped;

  /** What is watched. */
  interface Hub {
    /** Asks for the market's status once; fails if no hub answers. */
    Future<JsonObject> probe();

    /** Returns how many messages have been heard of hubs. */
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
    hub.probe().onComplete(done -> {
      asking = false;
      if (stopped) {
        return;
      }
      if (done.succeeded()) {
        listener.answered(done.result());
      } else {
        unanswered(done.cause());
      }
    });
  }

  /** Takes note of a report of the hub. */
  void reported() {
    doubted = false;
    verdict.cancel();
    askIn(SILENCE);
    if (lost) {
      lost = false;
      LOG.info("hub is reachable again");
      listener.back();
    }
  }

  private void unanswered(Throwable cause) {
    askIn(lost ? RETRY : SOON);
    if (!doubted && !lost) {
      doubted = true;
      long before = hub.messages();
      verdict = scheduler.after(PATIENCE, () -> judge(before, cause));
    }
  }

  private void judge(long before, Throwable cause) {
    doubted = false;
    if (hub.messages() == before && !stopped) {
      lost = true;
      LOG.warn("hub is not reachable [cause: {}]", cause.getMessage());
      listener.lost();
    }
  }

  private void askIn(Duration delay) {
    timer.cancel();
    if (!stopped) {
      timer = scheduler.after(delay, this::ask);
    }
  }

  void stop() {
    stopped = true;
    timer.cancel();
    verdict.cancel();
  }
}
