package io.candlehub.simulator.market;

import java.time.LocalDate;

/**
 * A share split, valid from its execution date on.
 *
 * @param ticker the symbol
 * @param executionDate first day of trading in new shares
 * @param from shares before
 * @param to shares after
 */
public record Split(String ticker, LocalDate executionDate, double from, double to) {}
