package io.candlehub.hub.chain;

import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Asks for one contract, one question at a time. Confined to the hub's event loop. */
final class ContractQuestion {
  private final ChainParts parts;
  private final Instrument contract;
  private final Consumer<ContractSnapshot> taker;
  private Future<Void> flight = Future.succeededFuture();
  private boolean answered;
  private long askedMillis;

  /**
   * Creates a question that was not asked yet.
   *
   * @param taker takes every answer
   */
  ContractQuestion(ChainParts parts, Instrument contract, Consumer<ContractSnapshot> taker) {
    this.parts = parts;
    this.contract = contract;
    this.taker = taker;
  }

  /** Returns true if the last answer counts still. */
  boolean isCurrent() {
    long age = parts.wallClock().millis() - askedMillis;
    return answered && age <= Freshness.CONTRACT.toMillis();
  }

  Future<Void> ask() {
    if (flight.isComplete()) {
      flight = parts.source().contract(contract).map(told -> {
        answered = true;
        askedMillis = parts.wallClock().millis();
        taker.accept(told);
        return null;
      });
    }
    return flight;
  }
}
