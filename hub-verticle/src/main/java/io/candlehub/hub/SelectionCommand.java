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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what callers selected and tells it to them: {@code {caller, selection?}}, answered with the selection; to who
 * selects also whether all of it exists ({@code checked}), for while no provider can be asked anything is kept. One that
 * was not renewed for {@value #KEPT_DAYS} days is dropped. Confined to the hub's event loop.
 */
final class SelectionCommand {
  private static final Logger LOG = LoggerFactory.getLogger(SelectionCommand.class);
  private static final Duration REPEAT = Duration.ofDays(1);

  /** As long as a browser keeps the cookie that names it. */
  private static final int KEPT_DAYS = 365;

  private final SelectionStore store;
  private final SelectionCheck check;
  private final Map<String, Future<JsonObject>> writing = new HashMap<>();
  private final InstantSource wallClock;
  private final Scheduler scheduler;
  private Scheduler.Cancellable next = () -> {};

  SelectionCommand(
      SelectionStore store, SelectionCheck check, InstantSource wallClock, Scheduler scheduler) {
    this.store = store;
    this.check = check;
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
    Future<JsonObject> answer = given == null ? read(caller) : write(caller, given);
    answer
        .onSuccess(selection -> message.reply(selection.toBuffer()))
        .onFailure(failure -> FailureException.of(failure).replyTo(message));
  }

  private Future<JsonObject> read(String caller) {
    return store
        .read(caller)
        .map(kept -> SelectionJson.write(
            kept.orElseThrow(() -> Failure.NO_DATA.because("nothing is selected"))));
  }

  /** Checking takes its time: of what one caller selects the last is kept, whichever is checked first. */
  private Future<JsonObject> write(String caller, Object given) {
    Selection selection = Optional.of(given)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .flatMap(SelectionJson::read)
        .orElseThrow(() -> Failure.INVALID_PARAMETER.because(
            "selection must be an object with underlying, and what belongs to it"));
    Future<Boolean> exists = check.exists(selection);
    Future<JsonObject> written = writing
        .getOrDefault(caller, Future.succeededFuture())
        .transform(before -> exists)
        .compose(known -> store
            .write(caller, selection, wallClock.millis())
            .map(kept -> SelectionJson.write(selection).put("checked", known)));
    writing.put(caller, written);
    return written.onComplete(done -> writing.remove(caller, written));
  }
}
