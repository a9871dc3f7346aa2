package io.candlehub.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A root of option symbols whose options are on an index, and what follows from it. This is the one list of such roots.
 *
 * <p>A root that is not here counts as a share's: its options belong to the share of that name, are American, are settled
 * in the afternoon and trade until 16:00. For an index that this list lacks the underlying's price is then missing, as
 * there is no such share; chains are shown all the same, their legs without what needs the price. Sources: the exchanges'
 * product specifications.
 *
 * @param root what stands before the date in the contracts' symbols
 * @param index canonical symbol of the index
 * @param style when its contracts can be exercised
 * @param settledAtOpen true if the opening prices of the last day settle them
 * @param tradedLate true if they trade after 16:15 too
 */
public record IndexRoot(
    String root, String index, ExerciseStyle style, boolean settledAtOpen, boolean tradedLate) {
  /** A root added here moves its options to the shard of their index: nodes of both versions must not mix for long. */
  private static final Map<String, IndexRoot> ALL = Stream.of(
          late("SPX", "I:SPX", true),
          late("SPXW", "I:SPX", false),
          late("XSP", "I:XSP", false),
          late("XSPW", "I:XSP", false),
          late("NDX", "I:NDX", true),
          late("NDXP", "I:NDX", false),
          european("XND", "I:XND", false),
          late("RUT", "I:RUT", true),
          late("RUTW", "I:RUT", false),
          european("MRUT", "I:MRUT", false),
          european("RUI", "I:RUI", true),
          european("RLG", "I:RLG", true),
          european("RLV", "I:RLV", true),
          late("VIX", "I:VIX", true),
          late("VIXW", "I:VIX", true),
          european("DJX", "I:DJX", true),
          new IndexRoot("OEX", "I:OEX", ExerciseStyle.AMERICAN, false, false),
          european("XEO", "I:OEX", false))
      .collect(Collectors.toUnmodifiableMap(IndexRoot::root, Function.identity()));

  private static IndexRoot late(String root, String index, boolean settledAtOpen) {
    return new IndexRoot(root, index, ExerciseStyle.EUROPEAN, settledAtOpen, true);
  }

  private static IndexRoot european(String root, String index, boolean settledAtOpen) {
    return new IndexRoot(root, index, ExerciseStyle.EUROPEAN, settledAtOpen, false);
  }

  /** Returns what is known of a root, or empty if its options are on a share, as far as this list knows. */
  public static Optional<IndexRoot> of(String root) {
    return Optional.ofNullable(ALL.get(root));
  }

  /**
   * Returns true if a share's symbol is a root of an index's options ({@code SPX}): there is no such share, the index
   * is {@code I:SPX}.
   */
  public static boolean isNamedBy(Instrument instrument) {
    return instrument.assetClass() == AssetClass.EQUITY && ALL.containsKey(instrument.symbol());
  }
}
