package io.candlehub.simulator.stream;

/**
 * A limit-up limit-down band.
 *
 * @param dueMillis when it is published
 * @param high upper limit
 * @param low lower limit
 * @param indicator the provider's indicator id
 */
record PriceBand(long dueMillis, double high, double low, int indicator) {}
