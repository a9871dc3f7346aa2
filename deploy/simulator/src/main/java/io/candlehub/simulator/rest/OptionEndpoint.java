package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.OptionBook;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The option documents: chain, single contract, and the reference of contracts. Safe anywhere, may block. */
final class OptionEndpoint {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MOST_SNAPSHOTS = 250;
  private static final int MOST_CONTRACTS = 1_000;
  private static final int EXPIRED_DAYS = 28;
  private static final String INDEX = "I:";

  private final OptionBook book;
  private final TradingCalendar calendar;
  private final OptionRows rows;

  OptionEndpoint(MarketView view, OptionRows rows) {
    this.book = view.market().options();
    this.calendar = view.calendar();
    this.rows = rows;
  }

  /** Answers {@code /v3/snapshot/options/{underlying}}. */
  Answer chain(Ask ask) {
    int limit = ask.limit(DEFAULT_LIMIT, MOST_SNAPSHOTS);
    String underlying = ask.segment(0);
    LocalDate today = calendar.dateOf(ask.nowMillis());
    List<Contract> found = sorted(ask, fitting(ask, book.contracts(underlying, today).stream()));
    Bars spot = rows.spot(underlying, ask.nowMillis());
    return Pages.page(
            ask,
            "/v3/snapshot/options/" + underlying.replace(":", "%3A"),
            found,
            limit,
            contract -> rows.row(ask, contract, spot))
        .answer();
  }

  /** Answers {@code /v3/snapshot/options/{underlying}/{contract}}. */
  Answer one(Ask ask) {
    LocalDate today = calendar.dateOf(ask.nowMillis());
    Optional<Contract> found = book.contract(ask.segment(1), today)
        .filter(contract -> contract.underlying().equals(ask.segment(0)));
    return found
        .map(contract -> Answer.json(new JsonObject()
            .put("status", ask.okStatus())
            .put("request_id", ask.requestId())
            .put(
                "results",
                rows.row(ask, contract, rows.spot(contract.underlying(), ask.nowMillis())))))
        .orElseGet(() -> Answer.tickerNotFound(ask.requestId()));
  }

  /** Answers {@code /v3/reference/options/contracts}, which names indices without prefix. */
  Answer contracts(Ask ask) {
    int limit = ask.limit(DEFAULT_LIMIT, MOST_CONTRACTS);
    LocalDate asOf = asOf(ask);
    boolean expired = ask.param("expired", "false").equals("true");
    LocalDate listed = expired ? asOf.minusDays(EXPIRED_DAYS) : asOf;
    String underlying = ask.param("underlying_ticker", "");
    Stream<String> underlyings = underlying.isEmpty()
        ? book.underlyings().stream()
        : Stream.of(underlying, INDEX + underlying).filter(name -> bare(name).equals(underlying));
    Stream<Contract> all = underlyings
        .flatMap(name -> book.contracts(name, listed).stream())
        .filter(contract -> contract.expiration().isBefore(asOf) == expired)
        .filter(contract -> Pages.fits(ask, "ticker", contract.ticker()));
    return Pages.page(
            ask,
            "/v3/reference/options/contracts",
            sorted(ask, fitting(ask, all)),
            limit,
            OptionEndpoint::terms)
        .answer();
  }

  /** Answers {@code /v3/reference/options/contracts/{contract}}. */
  Answer contract(Ask ask) {
    return book.contract(ask.segment(0), asOf(ask))
        .map(contract -> Answer.json(new JsonObject()
            .put("status", ask.okStatus())
            .put("request_id", ask.requestId())
            .put("results", terms(contract))))
        .orElseGet(() -> Answer.tickerNotFound(ask.requestId()));
  }

  private LocalDate asOf(Ask ask) {
    LocalDate today = calendar.dateOf(ask.nowMillis());
    try {
      return LocalDate.parse(ask.param("as_of", today.toString()));
    } catch (DateTimeException e) {
      throw new BadRequest("The parameter 'as_of' could not be parsed. Use YYYY-MM-DD.");
    }
  }

  private static JsonObject terms(Contract contract) {
    return OptionRows.details(contract)
        .put("cfi", "O" + (contract.call() ? "C" : "P") + (contract.american() ? "A" : "E") + "SPS")
        .put("primary_exchange", "BATO")
        .put("underlying_ticker", bare(contract.underlying()));
  }

  private static String bare(String underlying) {
    return underlying.startsWith(INDEX) ? underlying.substring(INDEX.length()) : underlying;
  }

  private static List<Contract> fitting(Ask ask, Stream<Contract> contracts) {
    String type = ask.param("contract_type", "");
    if (!type.isEmpty() && !type.equals("call") && !type.equals("put")) {
      throw new BadRequest("The parameter 'contract_type' must be one of: call, put.");
    }
    return contracts
        .filter(contract -> type.isEmpty() || contract.call() == type.equals("call"))
        .filter(contract -> Pages.fits(ask, "strike_price", contract.strike()))
        .filter(
            contract -> Pages.fits(ask, "expiration_date", contract.expiration().toString()))
        .toList();
  }

  private static List<Contract> sorted(Ask ask, List<Contract> contracts) {
    Comparator<Contract> byName = Comparator.comparing(Contract::ticker);
    String sort = ask.param("sort", "ticker");
    Comparator<Contract> order = switch (sort) {
      case "ticker" -> byName;
      case "expiration_date" -> Comparator.comparing(Contract::expiration).thenComparing(byName);
      case "strike_price" ->
        Comparator.comparingLong(Contract::strikeThousandths).thenComparing(byName);
      case "underlying_ticker" -> Comparator.comparing(Contract::underlying).thenComparing(byName);
      default -> throw new BadRequest("Could not parse the parameter 'sort': '" + sort + "'.");
    };
    List<Contract> ordered = new ArrayList<>(contracts);
    ordered.sort(ask.param("order", "asc").equals("desc") ? order.reversed() : order);
    return ordered;
  }
}
