package io.candlehub.hub.chain;

import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.LocalDate;

/**
 * What providers say about options. Failures are {@link io.candlehub.bus.FailureException}s in the provider's words. An
 * empty answer is an answer. Confined to the hub's event loop.
 */
public interface OptionSource {
  /** How urgent a question is. */
  enum Urgency {
    /** Somebody waits for the answer. */
    WAITED_FOR("reader"),
    /** What is shown becomes a little newer. */
    REFRESH("warm");

    private final String wireName;

    Urgency(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the priority of the provider's requests. */
    String wireName() {
      return wireName;
    }
  }

  /** Asks for the dates on which options on an underlying expire. */
  Future<Expirations> expirations(Instrument underlying);

  /** Asks for all contracts of one expiration. */
  Future<ChainSnapshot> chain(Instrument underlying, LocalDate date, Urgency urgency);

  /**
   * Calls off what was asked for one expiration and is not answered: it fails, and what no other hub waits for is not asked
   * of a provider any more.
   */
  void callOff(Instrument underlying, LocalDate date);

  /** Asks for all contracts of a range of expirations, both ends inclusive. */
  Future<ChainSnapshot> chain(
      Instrument underlying, LocalDate first, LocalDate last, Urgency urgency);

  /** Asks for one contract. */
  Future<ContractSnapshot> contract(Instrument contract);
}
