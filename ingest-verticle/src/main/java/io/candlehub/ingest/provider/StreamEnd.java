package io.candlehub.ingest.provider;

/** How a connection ended. */
public enum StreamEnd {
  /** The network, the provider's end or our own probe. */
  LOST,
  /** Another connection of the account took over. */
  EVICTED,
  /** The key is wrong. */
  KEY_REFUSED,
  /** The plan has no stream of this market. */
  PLAN_REFUSED,
  /** The plan has delayed data only, and this was the real-time host. */
  DELAYED_ONLY
}
