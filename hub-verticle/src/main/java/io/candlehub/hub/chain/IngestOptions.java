package io.candlehub.hub.chain;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;

/**
 * Asks ingest. A long answer is read off the event loop.
 *
 * <p>Questions for one expiration have a ticket, always the same one of this hub: one that ingest answers too late for the
 * bus is called off together with the one that was asked after it.
 */
public final class IngestOptions implements OptionSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int LONG_BYTES = 100_000;
  private static final String TICKET = "ticket";

  private final IngestLink ingest;
  private final Worker worker;
  private final String owner = UUID.randomUUID().toString();

  /** Creates the client. */
  public IngestOptions(IngestLink ingest, Worker worker) {
    this.ingest = ingest;
    this.worker = worker;
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying) {
    return ask(Addresses.INGEST_EXPIRATIONS, question(underlying), SnapshotJson::readExpirations);
  }

  @Override
  public Future<ChainSnapshot> chain(Instrument underlying, LocalDate date, Urgency urgency) {
    return chain(question(underlying, date, date, urgency).put(TICKET, ticket(underlying, date)));
  }

  @Override
  public void callOff(Instrument underlying, LocalDate date) {
    ingest.callOff(ticket(underlying, date));
  }

  private String ticket(Instrument underlying, LocalDate date) {
    return owner + "-" + underlying.symbol() + "-" + date;
  }

  @Override
  public Future<ChainSnapshot> chain(
      Instrument underlying, LocalDate first, LocalDate last, Urgency urgency) {
    return chain(question(underlying, first, last, urgency));
  }

  private Future<ChainSnapshot> chain(JsonObject question) {
    return ask(Addresses.INGEST_CHAIN, question, SnapshotJson::readChain);
  }

  private static JsonObject question(
      Instrument underlying, LocalDate first, LocalDate last, Urgency urgency) {
    return question(underlying)
        .put("first", first.toString())
        .put("last", last.toString())
        .put("priority", urgency.wireName());
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract) {
    return ask(Addresses.INGEST_CONTRACT, question(contract), SnapshotJson::readContract);
  }

  private static JsonObject question(Instrument instrument) {
    return new JsonObject().put("symbol", instrument.symbol());
  }

  private <T> Future<T> ask(String address, JsonObject question, Function<Buffer, T> reader) {
    return ingest
        .<Buffer>request(address, question, TIMEOUT)
        .compose(answer -> answer.body().length() < LONG_BYTES
            ? Future.succeededFuture(reader.apply(answer.body()))
            : worker.run(() -> reader.apply(answer.body())))
        .recover(failure -> Future.failedFuture(FailureException.of(failure)));
  }
}
