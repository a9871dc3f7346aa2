package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Snapshots;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An ingest on the bus that says what a test told it of present values, past trades and contracts. */
final class MarketAnswers {
  private static final double NONE = Double.NaN;

  final Map<String, MarketSnapshot> snapshots = new ConcurrentHashMap<>();
  final List<TradeEvent> trades = new CopyOnWriteArrayList<>();
  final List<JsonObject> asked = new CopyOnWriteArrayList<>();
  private final List<SnapshotLeg> legs = new CopyOnWriteArrayList<>();
  volatile double openInterest = 1_000;
  volatile double volume = 500;
  volatile Optional<FailureException> failure = Optional.empty();
  volatile Set<String> doubted = Set.of();

  /** Which questions fail if any does. */
  volatile Predicate<JsonObject> failing = question -> true;

  /** When bid and offer, and the last price, of an answer are from; unless told otherwise its own time. */
  volatile LongUnaryOperator quotedAt = LongUnaryOperator.identity();

  volatile LongUnaryOperator lastAt = LongUnaryOperator.identity();

  MarketAnswers(Vertx vertx) {
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_SNAPSHOTS,
            message -> answer(
                message,
                () -> SnapshotJson.snapshots(message.body().getJsonArray("symbols").stream()
                    .map(snapshots::get)
                    .filter(known -> known != null)
                    .toList())));
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_TRADES,
            message -> answer(
                message,
                () -> SnapshotJson.trades(new PastTrades(
                    Instrument.of(message.body().getString("symbol")), trades, "massive", ""))));
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_CHAIN,
            message -> answer(
                message,
                () -> SnapshotJson.chain(new ChainSnapshot(
                    message.body().getString("symbol"), 170, 0, List.copyOf(legs), 0))));
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_CONTRACT,
            message -> answer(message, () -> {
              Instrument contract = Instrument.of(message.body().getString("symbol"));
              return SnapshotJson.contract(new ContractSnapshot(leg(contract), 170, 0));
            }));
  }

  /** Lists contracts in every chain. */
  void chain(Instrument... contracts) {
    for (Instrument contract : contracts) {
      legs.add(leg(contract));
    }
  }

  /** Counts as asked when the answer is on its way, so that what a test sends from then on comes after it. */
  private void answer(Message<JsonObject> message, Supplier<?> content) {
    DeliveryOptions options = SnapshotJson.headers(
        new Snapshots(List.of(), doubted.stream().map(Instrument::of).collect(Collectors.toSet())));
    failure
        .filter(reason -> failing.test(message.body()))
        .ifPresentOrElse(
            reason -> reason.replyTo(message), () -> message.reply(content.get(), options));
    asked.add(message.body());
  }

  private SnapshotLeg leg(Instrument contract) {
    OptionTerms terms = OptionTerms.of(contract)
        .orElseThrow(() -> Failure.CONTRACT_NOT_FOUND.because("no contract " + contract));
    Greeks greeks = new Greeks(NONE, NONE, NONE, NONE, NONE);
    return new SnapshotLeg(
        terms,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        0,
        openInterest,
        NONE,
        greeks,
        0,
        0,
        "massive",
        "",
        Set.of());
  }

  /** Tells what a provider says of an instrument. */
  void say(
      Instrument instrument,
      double bid,
      double ask,
      double last,
      long atMillis,
      String source,
      String reason) {
    snapshots.put(
        instrument.symbol(),
        new MarketSnapshot(
            instrument,
            "",
            bid,
            ask,
            2,
            3,
            last,
            volume,
            NONE,
            149,
            155,
            148,
            150,
            atMillis,
            quotedAt.applyAsLong(atMillis),
            lastAt.applyAsLong(atMillis),
            source,
            reason,
            Set.of()));
  }
}
