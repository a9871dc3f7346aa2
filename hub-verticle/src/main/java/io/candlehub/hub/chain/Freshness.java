package io.candlehub.hub.chain;

import java.time.Duration;

/**
 * How long what a provider said counts, in wall time, by what asking again costs: a request for every begun 250
 * contracts. One viewed expiration costs at most twelve requests a minute.
 */
final class Freshness {
  /** Dates change once a day. */
  static final Duration EXPIRATIONS = Duration.ofMinutes(10);

  /** One contract is one request. */
  static final Duration CONTRACT = Duration.ofSeconds(15);

  /** All expirations together are dozens of requests. */
  static final Duration WHOLE_CHAIN = Duration.ofSeconds(60);

  /** What nobody has asked for is forgotten. */
  static final Duration UNUSED = Duration.ofMinutes(10);

  /** How long it takes at most until the demand of who has asked comes. */
  static final Duration ARRIVAL = Duration.ofSeconds(2);

  /** For how long a question is kept for who comes back when the last one who looked has gone. */
  static final Duration RETURN = Duration.ofMillis(300);

  private static final Duration CLOSED = Duration.ofSeconds(60);
  private static final Duration VIEWED_PER_REQUEST = Duration.ofSeconds(5);
  private static final Duration READ_PER_REQUEST = Duration.ofSeconds(15);
  private static final int CONTRACTS_PER_REQUEST = 250;

  private static final Duration IMPATIENT = Duration.ofSeconds(2);
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private Freshness() {}

  /** Returns how long a reader waits for something newer; less if there is something older to show. */
  static Duration patience(boolean isSomethingKnown) {
    return isSomethingKnown ? IMPATIENT : PATIENT;
  }

  /** Returns after which time an expiration that somebody looks at is asked for again. */
  static Duration viewed(int contracts, boolean marketClosed) {
    return perRequest(VIEWED_PER_REQUEST, contracts, marketClosed);
  }

  /** Returns for how long an expiration is answered from memory. */
  static Duration read(int contracts, boolean marketClosed) {
    return perRequest(READ_PER_REQUEST, contracts, marketClosed);
  }

  private static Duration perRequest(Duration each, int contracts, boolean marketClosed) {
    int requests = Math.max(1, (contracts + CONTRACTS_PER_REQUEST - 1) / CONTRACTS_PER_REQUEST);
    Duration open = each.multipliedBy(requests);
    return marketClosed || open.compareTo(CLOSED) > 0 ? CLOSED : open;
  }
}
