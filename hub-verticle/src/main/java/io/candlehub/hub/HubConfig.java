package io.candlehub.hub;

import io.candlehub.hub.option.ChainConfig;
import io.candlehub.hub.store.StoreConfig;
import io.candlehub.hub.tape.FlowRules;
import io.candlehub.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The hub's configuration.
 *
 * @param confirmDelay market time after a minute's end until the history is asked and trusted
 * @param linger wall time a stream stays after its last consumer left
 * @param historyCacheBytes most bytes of encoded history to keep in memory
 * @param warmUp whether bars are loaded ahead when somebody asks for that
 * @param chain how options are valued and how many are live
 * @param flow what makes trades of options unusual
 * @param store where bars are kept
 */
public record HubConfig(
    Duration confirmDelay,
    Duration linger,
    long historyCacheBytes,
    boolean warmUp,
    ChainConfig chain,
    FlowRules flow,
    StoreConfig store) {
  private static final Setting<Integer> CONFIRM_DELAY = Setting.integer(
      "candle.confirm-delay",
      5,
      1,
      60,
      "Seconds of market time after a minute's end until the provider's history is asked for it.");
  private static final Setting<Integer> LINGER = Setting.integer(
      "demand.linger-seconds",
      5,
      0,
      3600,
      "Seconds a provider's topic stays subscribed after the last consumer left.");

  private static final Setting<Integer> HISTORY_CACHE = Setting.integer(
      "limits.history-cache-mb",
      64,
      0,
      4096,
      "Megabytes of encoded bars of the past kept in memory for readers; 0 keeps none.");

  private static final Setting<Boolean> WARM_UP = Setting.flag(
      "candle.warm-up",
      true,
      "Whether bars are loaded ahead of demand when POST /api/market/aggs/warm asks for it.");

  /** Every setting of the hub, its store's included. */
  public static final List<Setting<?>> SETTINGS = Stream.<List<Setting<?>>>of(
          List.of(CONFIRM_DELAY, LINGER, HISTORY_CACHE, WARM_UP),
          ChainConfig.SETTINGS,
          FlowRules.SETTINGS,
          StoreConfig.SETTINGS)
      .flatMap(List::stream)
      .toList();

  /** Checks presence. */
  public HubConfig {
    Objects.requireNonNull(confirmDelay, "confirmDelay");
    Objects.requireNonNull(linger, "linger");
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(flow, "flow");
    Objects.requireNonNull(store, "store");
  }

  /**
   * Reads the configuration.
   *
   * @throws io.candlehub.model.SettingException if a value is not allowed
   */
  public static HubConfig from(Map<String, String> values) {
    return new HubConfig(
        Duration.ofSeconds(CONFIRM_DELAY.from(values)),
        Duration.ofSeconds(LINGER.from(values)),
        HISTORY_CACHE.from(values) * 1_048_576L,
        WARM_UP.from(values),
        ChainConfig.from(values),
        FlowRules.from(values),
        StoreConfig.from(values));
  }
}
