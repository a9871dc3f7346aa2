package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.SelectionJson;
import io.candlehub.cluster.Shards;
import io.candlehub.hub.store.SelectionStore;
import io.candlehub.model.Scheduler;
import io.candlehub.model.Selection;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what callers selected and tells it to them: {@code {caller, selection?}}, answered with the selection. One that
 * was not renewed for {@value #KEPT_DAYS} days is dropped. Confined to the hub's event loop.
 */
final class SelectionCommand {
  private static final Logger LOG = LoggerFactory.getLogger(SelectionCommand.class);
  private static final Duration REPEAT = Duration.ofDays(1);

  /** As long as a browser keeps the cookie that names it. */
  private static final int KEPT_DAYS = 365;

  private final SelectionStore store;
  private final InstantSource wallClock;
  private final Scheduler scheduler;
  private Scheduler.Cancellable next = () -> {};

  SelectionCommand(SelectionStore store, InstantSource wallClock, Scheduler scheduler) {
    this.store = store;
    this.wallClock = wallClock;
    this.scheduler = scheduler;
  }

  /** Drops what is too old, now and daily. */
  void start() {
    store
        .prune(wallClock.millis() - Duration.ofDays(KEPT_DAYS).toMillis())
        .onFailure(failure -> LOG.warn("selections are not pruned", failure));
    next = scheduler.after(REPEAT, this::start);
  }

  void stop() {
    next.cancel();
  }

  /** Returns the shard of a question's caller: its selection is kept by the hub that owns this. */
  static OptionalInt shardOf(JsonObject question) {
    return question.getValue("caller") instanceof String caller
        ? OptionalInt.of(Shards.ofName(caller))
        : OptionalInt.empty();
  }

  void selection(Message<JsonObject> message) {
    JsonObject question = message.body();
    if (!(question.getValue("caller") instanceof String caller) || caller.isEmpty()) {
      throw Failure.INVALID_PARAMETER.because("caller must be a text");
    }
    Object given = question.getValue("selection");
    Future<Selection> answer = given == null ? read(caller) : write(caller, given);
    answer
        .onSuccess(selection -> message.reply(SelectionJson.write(selection).toBuffer()))
        .onFailure(failure -> FailureException.of(failure).replyTo(message));
  }

  private Future<Selection> read(String caller) {
    return store
        .read(caller)
        .map(kept -> kept.orElseThrow(() -> Failure.NO_DATA.because("nothing is selected")));
  }

  private Future<Selection> write(String caller, Object given) {
    Selection selection = Optional.of(given)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .flatMap(SelectionJson::read)
        .orElseThrow(
            () -> Failure.INVALID_PARAMETER.because("selection must be an object with underlying"));
    return store.write(caller, selection, wallClock.millis()).map(selection);
  }
}
