package io.candlehub.simulator.market;

/**
 * A symbol the exchange lists.
 *
 * @param ticker the symbol
 * @param name a short name
 * @param primaryExchange market identifier code of the listing exchange, for example {@code XNYS}
 * @param type {@code CS} for a share, {@code ETF} for a fund, {@code INDEX}, {@code OPTION}
 */
public record Listing(String ticker, String name, String primaryExchange, String type) {}
