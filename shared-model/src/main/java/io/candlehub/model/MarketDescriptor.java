package io.candlehub.model;

import java.util.Objects;

/**
 * Which market a node lives on.
 *
 * @param marketId where stored data belong: {@code live-<provider>}, {@code sim-<seed>} or
 *     {@code replay-<dataset>@<start>} (architecture §8)
 * @param mode what kind of market it is
 * @param provider the provider's id, as shown in {@code health.provider}
 */
public record MarketDescriptor(String marketId, Mode mode, String provider) {
  /** Kind of market. */
  public enum Mode {
    /** The real market through a real provider. */
    LIVE("live"),
    /** An invented market. */
    SYNTHETIC("synthetic"),
    /** Recorded days played again. */
    REPLAY("replay");

    private final String wireName;

    Mode(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the name used in payloads. */
    public String wireName() {
      return wireName;
    }
  }

  /** Checks presence. */
  public MarketDescriptor {
    Objects.requireNonNull(marketId, "marketId");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(provider, "provider");
  }

  /** Returns true unless the data come from the real market. */
  public boolean isSimulated() {
    return mode != Mode.LIVE;
  }
}
