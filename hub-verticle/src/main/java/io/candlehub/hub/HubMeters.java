package io.candlehub.hub;

import io.candlehub.hub.candle.Change;
import io.candlehub.model.Bar;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The hub's counters, all named {@code candlehub.hub.*}. Safe to use from any thread. */
final class HubMeters {
  /** A bar built from trades by the condition table, which the provider folds by another rule. */
  static final String CONDITION_RULE = "condition-rule";

  /** The stream was lost while the bar or a correction of it was sent. */
  static final String FEED_HOLE = "feed-hole";

  /** Nothing known explains the difference. */
  static final String UNEXPLAINED = "unexplained";

  private static final String PARITY = "parity";
  private static final String BARS_HELP = "Bars that became final, and revisions";
  private static final String CONFIRMATIONS_HELP =
      "Questions to the provider's history for minutes the stream did not confirm";
  private static final String PARITY_HELP = "Final minutes compared with the provider's history";
  private static final String RESULT = "result";
  private static final String CAUSE = "cause";

  private final Map<Change.Outcome, Counter> events = new EnumMap<>(Change.Outcome.class);
  private final Counter updates;
  private final Counter finalBars;
  private final Counter revisedBars;
  private final Counter confirmations;
  private final Counter failedConfirmations;
  private final Counter parityEqual;
  private final Map<String, Counter> parityDifferent = new TreeMap<>();
  private final AtomicInteger series;
  private final AtomicInteger gaps;
  private final AtomicInteger pendingWrites;
  private final AtomicInteger contracts;
  private final AtomicInteger cutContracts;

  HubMeters(MeterRegistry registry) {
    DescribedMeters described = new DescribedMeters(registry);
    for (Change.Outcome outcome : Change.Outcome.values()) {
      String name = outcome.name().toLowerCase(Locale.ROOT);
      events.put(
          outcome,
          described.counter("events", "Streamed bars by what became of them", "outcome", name));
    }
    updates = described.counter("updates", "Updates published to the gateways");
    finalBars = described.counter("bars", BARS_HELP, "state", "final");
    revisedBars = described.counter("bars", BARS_HELP, "state", "revised");
    confirmations = described.counter("confirmations", CONFIRMATIONS_HELP, RESULT, "answered");
    failedConfirmations = described.counter("confirmations", CONFIRMATIONS_HELP, RESULT, "failed");
    parityEqual = described.counter(PARITY, PARITY_HELP, RESULT, "equal", CAUSE, "none");
    for (String cause : List.of(CONDITION_RULE, FEED_HOLE, UNEXPLAINED)) {
      parityDifferent.put(
          cause, described.counter(PARITY, PARITY_HELP, RESULT, "different", CAUSE, cause));
    }
    series = described.gauge("series", "Instruments followed");
    gaps = described.gauge("gaps", "Stretches without bars that are not explained yet");
    pendingWrites = described.gauge("store.pending", "Bars waiting to be written");
    contracts = described.gauge("contracts.streamed", "Option contracts that are streamed");
    cutContracts = described.gauge(
        "contracts.cut", "Option contracts that are wanted and not streamed because of the limit");
  }

  /** Tells how many series are demanded, how many gaps they have and how many bars wait to be written. */
  void levels(int seriesNow, int gapsNow, int pendingNow) {
    series.set(seriesNow);
    gaps.set(gapsNow);
    pendingWrites.set(pendingNow);
  }

  /** Tells how many option contracts are streamed, and how many more are wanted. */
  void contracts(int streamed, int cut) {
    contracts.set(streamed);
    cutContracts.set(cut);
  }

  /** Counts a streamed bar by what became of it. */
  void event(Change.Outcome outcome) {
    events.get(outcome).increment();
  }

  /** Counts the bars a change settled. */
  void settled(Change change) {
    for (Bar bar : change.settled()) {
      (bar.revision() > 0 ? revisedBars : finalBars).increment();
    }
  }

  /** Counts a published update. */
  void update() {
    updates.increment();
  }

  /** Counts an answered question of the history for a series. */
  void confirmed() {
    confirmations.increment();
  }

  /** Counts a failed question of the history for a series. */
  void confirmationFailed() {
    failedConfirmations.increment();
  }

  /** Counts final minutes that the provider's history confirmed after the time of corrections. */
  void parityEqual(int minutes) {
    parityEqual.increment(minutes);
  }

  /** Counts a final minute that the provider's history contradicted, by cause. */
  void parityDifferent(String cause) {
    parityDifferent.get(cause).increment();
  }

  /** Returns how many minutes were compared with the history so far, by result. */
  JsonObject parity() {
    JsonObject different = new JsonObject();
    parityDifferent.forEach((cause, counter) -> different.put(cause, (long) counter.count()));
    return new JsonObject().put("equal", (long) parityEqual.count()).put("different", different);
  }
}
