package io.candlehub.hub.history;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IngestLink;
import io.candlehub.hub.candle.Splits.Split;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which instruments exist and which splits they had, asked from the provider once and remembered for some hours; splits
 * are asked for again when a day has begun.
 * Failures are not remembered. Confined to the hub's event loop.
 */
public final class ReferenceData {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long KEEP_MILLIS = Duration.ofHours(6).toMillis();
  private static final long KEEP_UNKNOWN_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int MAX_KNOWN = 20_000;

  private final IngestLink ingest;
  private final InstantSource wallClock;
  private final Map<Instrument, Known> existing = new HashMap<>();
  private final Map<Instrument, KnownSplits> splits = new HashMap<>();

  /** Creates the client. */
  public ReferenceData(IngestLink ingest, InstantSource wallClock) {
    this.ingest = ingest;
    this.wallClock = wallClock;
  }

  private record Known(Future<Optional<FailureException>> refusal, long untilMillis) {}

  private record KnownSplits(Future<List<Split>> answer, long untilMillis, LocalDate askedOn) {}

  /**
   * Fails as {@link Failure#noSuch} says if the provider definitely has no such instrument, and with {@code UNSUPPORTED}
   * if it has nothing of its kind; succeeds if it has it or cannot tell now.
   */
  public Future<Void> check(Instrument instrument) {
    Known known = existing.get(instrument);
    if (known == null || known.untilMillis <= wallClock.millis()) {
      known = new Known(ask(instrument), wallClock.millis() + KEEP_MILLIS);
      remember(existing, instrument, known);
    }
    return known.refusal.compose(refusal ->
        refusal.<Future<Void>>map(Future::failedFuture).orElseGet(Future::succeededFuture));
  }

  private Future<Optional<FailureException>> ask(Instrument instrument) {
    return request(Addresses.INGEST_INSTRUMENT, instrument)
        .map(answer -> Optional.<FailureException>empty())
        .recover(failure -> {
          Optional<FailureException> refusal = refusal(instrument, FailureException.of(failure));
          existing.remove(instrument);
          if (refusal.isPresent()) {
            long until = wallClock.millis() + KEEP_UNKNOWN_MILLIS;
            remember(existing, instrument, new Known(Future.succeededFuture(refusal), until));
          }
          return Future.succeededFuture(refusal);
        });
  }

  private static Optional<FailureException> refusal(
      Instrument instrument, FailureException failure) {
    if (failure.code().meansNoSuch()) {
      return Optional.of(Failure.noSuch(instrument));
    }
    return Optional.of(failure).filter(told -> told.code() == Failure.UNSUPPORTED);
  }

  /**
   * Returns all splits of an instrument, oldest first.
   *
   * @param today the market's date: the provider need not name a split before the day on which it is executed
   */
  public Future<List<Split>> splits(Instrument instrument, LocalDate today) {
    KnownSplits known = splits.get(instrument);
    if (known == null || known.untilMillis <= wallClock.millis() || today.isAfter(known.askedOn)) {
      Future<List<Split>> answer = request(Addresses.INGEST_SPLITS, instrument)
          .map(body -> parse((JsonArray) body))
          .onFailure(failure -> splits.remove(instrument));
      known = new KnownSplits(answer, wallClock.millis() + KEEP_MILLIS, today);
      remember(splits, instrument, known);
    }
    return known.answer;
  }

  private static <K> void remember(Map<Instrument, K> all, Instrument instrument, K known) {
    if (all.size() >= MAX_KNOWN) {
      all.clear();
    }
    all.put(instrument, known);
  }

  private Future<Object> request(String address, Instrument instrument) {
    JsonObject question = new JsonObject().put("symbol", instrument.symbol());
    return ingest.<Object>request(address, question, TIMEOUT).map(message -> message.body());
  }

  private static List<Split> parse(JsonArray rows) {
    List<Split> parsed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      JsonObject row = rows.getJsonObject(i);
      parsed.add(new Split(
          LocalDate.parse(row.getString("date")), row.getDouble("from"), row.getDouble("to")));
    }
    return List.copyOf(parsed);
  }
}
