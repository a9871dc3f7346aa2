package io.candlehub.hub.chain;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A provider whose options on each underlying but {@code NOPE} have strikes 600 to 700, one apart, on two dates. A test
 * sets the spot and whether it answers.
 */
public final class ScriptedOptions implements OptionSource {
  /** The nearest date. */
  public static final LocalDate NEAR = LocalDate.of(2025, 12, 19);
  /** The other date. */
  public static final LocalDate FAR = LocalDate.of(2026, 1, 16);
  /** How many contracts there are on each date. */
  public static final int CONTRACTS = 202;

  final List<String> questions = new ArrayList<>();
  double spot = 650;

  /** What is told of the underlying beside a contract. */
  double spotBeside = Double.NaN;

  Optional<FailureException> failure = Optional.empty();
  boolean answering = true;
  List<LocalDate> dates = List.of(NEAR, FAR);
  List<String> roots = List.of("SPY");
  Set<LocalDate> refused = Set.of();
  Set<String> unlisted = Set.of();

  /** Who tells contracts. */
  String account = "massive";

  /** The dates of which questions were called off. */
  final List<LocalDate> calledOff = new ArrayList<>();

  private final List<Pending> pending = new ArrayList<>();
  private final List<Pending> held = new ArrayList<>();
  private boolean holding;
  private final MarketClock clock;

  private record Pending(String question, Runnable reply, Runnable refusal) {}

  /** Creates a provider that answers. */
  public ScriptedOptions(MarketClock clock) {
    this.clock = clock;
  }

  /** Returns the symbol of a contract on SPY. */
  public static String symbol(LocalDate date, char right, int strike) {
    return symbol("SPY", date, right, strike);
  }

  /** Returns the symbol of a contract of a root. */
  static String symbol(String root, LocalDate date, char right, int strike) {
    return "O:" + root + date.format(DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT)) + right
        + String.format(Locale.ROOT, "%08d", strike * 1_000);
  }

  /** Lets every answer be a failure. */
  public void fail(Failure code) {
    failure = Optional.of(code.because("scripted"));
  }

  /** Lets questions be unanswered. */
  public void silence() {
    answering = false;
  }

  /** Answers what was asked while nothing was answered. */
  public void answer() {
    answering = true;
    List.copyOf(pending).forEach(each -> each.reply.run());
    pending.clear();
  }

  /** Lets what is called off end only by {@link #refuseLate} or {@link #answerLate}. */
  void hold() {
    holding = true;
  }

  /** Refuses what was called off and held. */
  void refuseLate() {
    held.forEach(each -> each.refusal.run());
    held.clear();
  }

  /** Answers what was called off and held, too late to be called off. */
  void answerLate() {
    held.forEach(each -> each.reply.run());
    held.clear();
  }

  private <T> Future<T> reply(String question, Supplier<T> answer) {
    questions.add(question);
    Promise<T> promise = Promise.promise();
    Runnable reply = () -> {
      if (failure.isPresent()) {
        promise.fail(failure.get());
      } else {
        promise.complete(answer.get());
      }
    };
    if (answering) {
      reply.run();
    } else {
      pending.add(new Pending(
          question, reply, () -> promise.fail(Failure.UNAVAILABLE.because("called off"))));
    }
    return promise.future();
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying) {
    return reply(
        "expirations " + underlying,
        () -> new Expirations(
            underlying.symbol(),
            underlying.symbol().equals("NOPE") ? List.of() : dates,
            "massive",
            ""));
  }

  @Override
  public Future<ChainSnapshot> chain(Instrument underlying, LocalDate date, Urgency urgency) {
    return chain(underlying, date, date, urgency);
  }

  @Override
  public void callOff(Instrument underlying, LocalDate date) {
    calledOff.add(date);
    List<Pending> open = pending.stream()
        .filter(each -> each.question.startsWith("chain " + date + " " + date))
        .toList();
    pending.removeAll(open);
    held.addAll(open);
    if (!holding) {
      refuseLate();
    }
  }

  @Override
  public Future<ChainSnapshot> chain(
      Instrument underlying, LocalDate first, LocalDate last, Urgency urgency) {
    if (refused.contains(first)) {
      return Future.failedFuture(Failure.PROVIDER_ERROR.because("scripted"));
    }
    return reply(
        "chain " + first + " " + last + " " + urgency.wireName(),
        () -> snapshot(
            underlying,
            dates.stream()
                .filter(date -> !date.isBefore(first) && !date.isAfter(last))
                .toList()));
  }

  private ChainSnapshot snapshot(Instrument underlying, List<LocalDate> of) {
    List<SnapshotLeg> legs = new ArrayList<>();
    for (LocalDate date : of) {
      for (String root : roots) {
        for (int strike = 600; strike <= 700; strike++) {
          legs.add(leg(symbol(root, date, 'C', strike)));
          legs.add(leg(symbol(root, date, 'P', strike)));
        }
      }
    }
    legs.removeIf(leg -> unlisted.contains(leg.symbol()));
    return new ChainSnapshot(underlying.symbol(), spot, clock.millis(), legs, clock.millis());
  }

  private SnapshotLeg leg(String symbol) {
    OptionContract contract = OptionContract.of(Instrument.of(symbol)).orElseThrow();
    double intrinsic = Math.max(0, contract.right().sign() * (spot - contract.strike()));
    double mid = intrinsic + 5 * Math.exp(-Math.abs(spot - contract.strike()) / 20);
    return new SnapshotLeg(
        OptionTerms.of(contract),
        mid - 0.01,
        mid + 0.01,
        10,
        20,
        mid,
        100,
        50,
        Double.NaN,
        Greeks.NONE,
        clock.millis(),
        clock.millis(),
        account,
        "",
        Set.of());
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract) {
    return reply(
            "contract " + contract,
            () -> new ContractSnapshot(leg(contract.symbol()), spotBeside, clock.millis()))
        .compose(told ->
            told.leg().terms().contract().strike() > 1_000 || unlisted.contains(contract.symbol())
                ? Future.failedFuture(
                    Failure.CONTRACT_NOT_FOUND.because("no contract " + contract.symbol()))
                : Future.succeededFuture(told));
  }
}
