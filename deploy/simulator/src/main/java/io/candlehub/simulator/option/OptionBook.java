package io.candlehub.simulator.option;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The option contracts of a market. Threads: safe anywhere; may read files, so not on an event loop. */
public interface OptionBook {
  /** Returns the symbols with options, ascending. */
  List<String> underlyings();

  /** Returns the contracts on a symbol that are listed on a date and have not expired before it, by name. */
  List<Contract> contracts(String underlying, LocalDate asOf);

  /** Returns a contract if it is listed on a date. */
  Optional<Contract> contract(String ticker, LocalDate asOf);

  /** Returns the open interest of a contract on a date; negative if nobody knows. */
  long openInterest(Contract contract, LocalDate date);

  /** Returns what a contract is worth to the market at an instant; unknown where nothing is. */
  Valuation valuation(Contract contract, long millis);
}
