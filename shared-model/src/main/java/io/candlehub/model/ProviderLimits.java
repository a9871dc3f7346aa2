package io.candlehub.model;

/** What is asked of any provider at most. */
public final class ProviderLimits {
  /** Contracts streamed on one connection. */
  public static final Setting<Integer> TOPICS = Setting.integer(
      "limits.provider-topics",
      1_000,
      1,
      100_000,
      "Most option contracts on one connection to a provider, of which each may take two topics, quotes and trades; more"
          + " are refused.");

  private ProviderLimits() {}
}
