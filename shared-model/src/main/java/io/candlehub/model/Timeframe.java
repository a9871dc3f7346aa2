package io.candlehub.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Length of a bar (contract §6). Days and weeks follow the exchange's calendar, so their length in millis is nominal. */
public enum Timeframe {
  /** One second. */
  S1("1s", 1, "second", 1_000L),
  /** Five seconds. */
  S5("5s", 5, "second", 5_000L),
  /** Fifteen seconds. */
  S15("15s", 15, "second", 15_000L),
  /** One minute, the base of all longer intraday bars. */
  M1("1m", 1, "minute", 60_000L),
  /** Five minutes. */
  M5("5m", 5, "minute", 300_000L),
  /** Fifteen minutes. */
  M15("15m", 15, "minute", 900_000L),
  /** Thirty minutes. */
  M30("30m", 30, "minute", 1_800_000L),
  /** One hour. */
  H1("1h", 1, "hour", 3_600_000L),
  /** Four hours. */
  H4("4h", 4, "hour", 14_400_000L),
  /** One trading day. */
  D1("1d", 1, "day", 86_400_000L),
  /** One week of trading days. */
  W1("1w", 1, "week", 604_800_000L);

  private static final Map<String, Timeframe> BY_NAME = Stream.of(values())
      .collect(Collectors.toUnmodifiableMap(Timeframe::wireName, Function.identity()));

  private final String wireName;
  private final int multiplier;
  private final String timespan;
  private final long millis;

  Timeframe(String wireName, int multiplier, String timespan, long millis) {
    this.wireName = wireName;
    this.multiplier = multiplier;
    this.timespan = timespan;
    this.millis = millis;
  }

  /** Returns the timeframe of a name such as {@code 5m}, or empty. */
  public static Optional<Timeframe> parse(String name) {
    return Optional.ofNullable(name).map(BY_NAME::get);
  }

  /** Returns the timeframe of a multiplier and timespan, or empty if the pair is not offered. */
  public static Optional<Timeframe> of(int multiplier, String timespan) {
    return Stream.of(values())
        .filter(frame -> frame.multiplier == multiplier && frame.timespan.equals(timespan))
        .findFirst();
  }

  /** Returns the name used in payloads and addresses, for example {@code 5m}. */
  public String wireName() {
    return wireName;
  }

  /** Returns the timespan's name: second, minute, hour, day or week. */
  public String timespan() {
    return timespan;
  }

  /** Returns the length in milliseconds; nominal for days and weeks. */
  public long millis() {
    return millis;
  }

  /** Returns true for bars that lie within one trading day. */
  public boolean isIntraday() {
    return millis < D1.millis;
  }

  /** Returns true for bars shorter than a minute. */
  public boolean isSeconds() {
    return millis < M1.millis;
  }
}
