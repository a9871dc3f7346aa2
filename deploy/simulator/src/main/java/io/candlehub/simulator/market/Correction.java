package io.candlehub.simulator.market;

/**
 * A late trade that changes a minute already published.
 *
 * @param dueMillis when the corrected bar is published, epoch millis
 * @param minute the minute as it is from then on
 * @param second the second as it is from then on
 * @param price price of the late trade
 * @param size shares of the late trade
 */
public record Correction(long dueMillis, BarRow minute, BarRow second, double price, long size) {}
