package io.candlehub.simulator.stream;

/**
 * What the socket server enforces.
 *
 * @param apiKey the key that is accepted
 * @param delayedPlan true if the plan has no real-time data
 * @param maxConnections connections at a time per market
 * @param authTimeoutMillis how long a socket may stay unauthenticated
 * @param mostUnsentBytes how much may wait for a client that does not read
 * @param mostOptionQuotes contracts whose quotes one connection may hold
 */
public record StreamRules(
    String apiKey,
    boolean delayedPlan,
    int maxConnections,
    long authTimeoutMillis,
    long mostUnsentBytes,
    int mostOptionQuotes) {}
