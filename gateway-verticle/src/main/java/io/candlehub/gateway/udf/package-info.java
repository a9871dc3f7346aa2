/**
 * The routes of TradingView's Universal Data Feed below {@code /udf} (contract §§3 and 6).
 *
 * <p>Source of the protocol: the vendor's page "UDF" and the requests its own adapter sends. Times are epoch seconds, the
 * end of a range of bars is excluded, days and weeks are named by 00:00 UTC of their trade date. Bars are those of the
 * extended sessions, adjusted for splits.
 *
 * <p>Threads: confined to the gateway's event loop.
 */
package io.candlehub.gateway.udf;
