package io.candlehub.hub.chain;

import io.candlehub.bus.Failure;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Instrument;
import io.candlehub.model.SnapshotLeg;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The dates on which options on an underlying expire. Dates of the past are left out. Confined to the hub's event loop.
 */
final class ExpirationDates {
  private final ChainParts parts;
  private final Instrument underlying;
  private Future<Void> flight = Future.succeededFuture();
  private Optional<ExpirationAnswer> known = Optional.empty();
  private boolean failed;
  private long askedMillis;

  ExpirationDates(ChainParts parts, Instrument underlying) {
    this.parts = parts;
    this.underlying = underlying;
  }

  /**
   * Returns the dates: the provider's, else those it said last, else those of which the store has the chain. Fails if
   * there are none.
   */
  Future<ExpirationAnswer> ready() {
    long age = parts.wallClock().millis() - askedMillis;
    if (known.isPresent() && !failed && age <= Freshness.EXPIRATIONS.toMillis()) {
      return answer(true);
    }
    Future<Void> asked = ask();
    return parts
        .within(Freshness.patience(known.isPresent()), asked)
        .transform(done -> done.succeeded() || known.isPresent()
            ? answer(done.succeeded())
            : stored(done.cause()));
  }

  private Future<Void> ask() {
    if (flight.isComplete()) {
      long askedAtMillis = parts.clock().millis();
      flight = parts
          .source()
          .expirations(underlying)
          .compose(this::existing)
          .onFailure(failure -> failed = true)
          .map(said -> {
            failed = false;
            askedMillis = parts.wallClock().millis();
            known = Optional.of(new ExpirationAnswer(said, true, askedAtMillis));
            return null;
          });
    }
    return flight;
  }

  private Future<Expirations> existing(Expirations said) {
    return said.dates().isEmpty()
        ? parts
            .existence()
            .apply(underlying)
            .compose(exists -> Future.failedFuture(
                Failure.NO_DATA.because("no options on " + underlying.symbol())))
        : Future.succeededFuture(said);
  }

  private Future<ExpirationAnswer> answer(boolean current) {
    ExpirationAnswer last = known.orElseThrow();
    Expirations said = last.expirations();
    List<LocalDate> dates = comingOf(said.dates());
    return dates.isEmpty()
        ? Future.failedFuture(Failure.NO_DATA.because("no options on " + underlying.symbol()))
        : Future.succeededFuture(new ExpirationAnswer(
            new Expirations(said.underlying(), dates, said.source(), said.fallbackReason()),
            current,
            last.askedAtMillis()));
  }

  private List<LocalDate> comingOf(List<LocalDate> dates) {
    LocalDate today = parts.today();
    return dates.stream().filter(date -> !date.isBefore(today)).toList();
  }

  private Future<ExpirationAnswer> stored(Throwable cause) {
    return parts
        .store()
        .expirations(underlying)
        .map(this::comingOf)
        .compose(dates -> dates.isEmpty()
            ? Future.failedFuture(cause)
            : parts.store().read(underlying, dates.get(0)).map(kept -> stored(dates, kept)))
        .recover(failure -> Future.failedFuture(cause));
  }

  private ExpirationAnswer stored(List<LocalDate> dates, Optional<ChainSnapshot> kept) {
    List<SnapshotLeg> legs = kept.map(ChainSnapshot::legs).orElse(List.of());
    String source = legs.isEmpty() ? "" : legs.get(0).source();
    String fallback = legs.isEmpty() ? "" : legs.get(0).fallbackReason();
    Expirations expirations = new Expirations(underlying.symbol(), dates, source, fallback);
    return new ExpirationAnswer(
        expirations, false, kept.map(ChainSnapshot::askedAtMillis).orElse(0L));
  }
}
