package io.candlehub.simulator.tradier;

/**
 * What the second provider enforces.
 *
 * @param token the access token that is accepted
 * @param requestsPerMinute requests granted in a wall minute
 * @param mostUnsentBytes how much may wait for a client that does not read
 */
public record TradierRules(String token, int requestsPerMinute, long mostUnsentBytes) {}
