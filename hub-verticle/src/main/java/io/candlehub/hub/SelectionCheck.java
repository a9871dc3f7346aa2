package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Selection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/**
 * Looks whether there is what a caller selects: asks the hub that owns the underlying, which is any hub's to find.
 * Confined to the hub's event loop.
 */
final class SelectionCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What says that it does not exist; anything else says that nobody can tell now. */
  private static final Set<Failure> NONE = Set.of(
      Failure.UNKNOWN_INSTRUMENT,
      Failure.CONTRACT_NOT_FOUND,
      Failure.NO_DATA,
      Failure.UNSUPPORTED,
      Failure.INVALID_PARAMETER);

  private final EventBus bus;

  SelectionCheck(EventBus bus) {
    this.bus = bus;
  }

  /** Returns true if all of it exists, false if nobody can tell now; fails if something of it does not exist. */
  Future<Boolean> exists(Selection selection) {
    Future<Boolean> answer = selection.contract().isEmpty()
        ? ask(
                Addresses.COMMAND_EXPIRATIONS,
                new JsonObject().put("underlying", selection.underlying()))
            .compose(told -> listed(selection, told))
        : ask(Addresses.COMMAND_CONTRACT, new JsonObject().put("symbol", selection.contract()))
            .map(told -> true);
    return answer.recover(cause -> {
      FailureException failure = FailureException.of(cause);
      return NONE.contains(failure.code())
          ? Future.failedFuture(failure)
          : Future.succeededFuture(false);
    });
  }

  /** Old dates may lack a new one. */
  private static Future<Boolean> listed(Selection selection, JsonObject told) {
    boolean isListed = selection.expiration().isEmpty()
        || told.getJsonArray("expirations").contains(selection.expiration());
    if (isListed || told.getJsonObject("quality").getBoolean("isStale")) {
      return Future.succeededFuture(isListed);
    }
    return Future.failedFuture(Failure.NO_DATA.because(
        "no options on " + selection.underlying() + " that expire on " + selection.expiration()));
  }

  private Future<JsonObject> ask(String address, JsonObject question) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(PATIENCE.toMillis());
    return bus.<Buffer>request(address, question, options)
        .map(answer -> answer.body().toJsonObject());
  }
}
