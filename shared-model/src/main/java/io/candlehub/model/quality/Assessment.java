package io.candlehub.model.quality;

import io.candlehub.model.Quality;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The findings about one datum, and the confidence that follows.
 *
 * <p>Confidence: 100, less 5 a warning, of that 90 % if the datum is older than 5 s and 75 % if older than 15 s; 0 with
 * an error. A datum of unknown age counts as older than 15 s.
 */
public final class Assessment {
  /** Above this age a datum is stale. */
  public static final long STALE_MILLIS = 5_000;

  private static final long OLD_MILLIS = 15_000;
  private static final int PER_WARNING = 5;

  /** How often each was found. */
  private final Map<Finding, Integer> findings = new EnumMap<>(Finding.class);

  /** Creates one without findings. */
  public Assessment() {}

  /** Adds a finding if a condition holds. */
  public Assessment when(boolean condition, Finding finding) {
    if (condition) {
      findings.putIfAbsent(finding, 1);
    }
    return this;
  }

  /** Adds a finding for each of so many things that have it; each is a warning of its own. */
  public Assessment times(int count, Finding finding) {
    if (count > 0) {
      findings.put(finding, count);
    }
    return this;
  }

  /** Returns what was found. */
  public Set<Finding> findings() {
    return Set.copyOf(findings.keySet());
  }

  /** Returns true if something takes all confidence away. */
  public boolean hasErrors() {
    return findings.keySet().stream().anyMatch(Finding::isError);
  }

  /**
   * Returns the quality.
   *
   * @param source the provider's id
   * @param updatedAtMillis market time of the datum, epoch millis; 0 if not known
   * @param nowMillis market time now
   * @param fallbackReason why it is not the first provider's; empty if it is
   */
  public Quality quality(
      String source, long updatedAtMillis, long nowMillis, String fallbackReason) {
    when(updatedAtMillis <= 0, Finding.NO_TIME);
    long ageMillis = age(updatedAtMillis, nowMillis);
    List<String> warnings = findings.entrySet().stream()
        .flatMap(found -> Collections.nCopies(found.getValue(), found.getKey().code()).stream())
        .toList();
    int left = hasErrors() ? 0 : Math.max(0, 100 - PER_WARNING * warnings.size());
    return new Quality(
        source,
        ageMillis > STALE_MILLIS,
        warnings,
        left(left, ageMillis),
        updatedAtMillis,
        fallbackReason);
  }

  private static long age(long updatedAtMillis, long nowMillis) {
    return updatedAtMillis > 0 ? Math.max(0, nowMillis - updatedAtMillis) : Long.MAX_VALUE;
  }

  /**
   * Returns how old a datum counts: 0 fresh, 1 stale, 2 so old that it does not lose any more.
   *
   * @param updatedAtMillis market time of the datum, epoch millis; 0 if not known
   * @param nowMillis market time now
   */
  public static int stage(long updatedAtMillis, long nowMillis) {
    long ageMillis = age(updatedAtMillis, nowMillis);
    if (ageMillis > OLD_MILLIS) {
      return 2;
    }
    return ageMillis > STALE_MILLIS ? 1 : 0;
  }

  /** Returns what a datum's age leaves of a confidence. */
  public static int left(int confidence, long ageMillis) {
    return (int) Math.round(confidence * remaining(ageMillis));
  }

  private static double remaining(long ageMillis) {
    if (ageMillis > OLD_MILLIS) {
      return 0.75;
    }
    return ageMillis > STALE_MILLIS ? 0.9 : 1;
  }
}
