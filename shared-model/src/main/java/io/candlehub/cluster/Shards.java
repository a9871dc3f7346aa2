package io.candlehub.cluster;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which shard an instrument belongs to, and which hubs a shard prefers: pure functions, the same on every node of every
 * version, because two nodes that disagree would both serve an instrument, or neither.
 */
public final class Shards {
  /** How many shards there are. */
  public static final int COUNT = 64;

  private static final String LEASE_PREFIX = "shard/";

  /** Root, six digits of the expiry, C or P, eight digits of the strike (OCC's option symbology). */
  private static final Pattern OPTION = Pattern.compile("O:(.+?)\\d{6}[CP]\\d{8}");

  /** Root, month code, one or two digits of the year. */
  private static final Pattern FUTURE = Pattern.compile("F:(.+)[FGHJKMNQUVXZ]\\d{1,2}");

  private static final Pattern TRAILING_DIGITS = Pattern.compile("\\d+$");

  /** Option roots that are not their underlying's symbol. Version 1: a change moves state between shards. */
  private static final Map<String, String> UNDERLYING_BY_ROOT = Map.ofEntries(
      Map.entry("SPX", "I:SPX"),
      Map.entry("SPXW", "I:SPX"),
      Map.entry("XSP", "I:XSP"),
      Map.entry("NDX", "I:NDX"),
      Map.entry("NDXP", "I:NDX"),
      Map.entry("XND", "I:XND"),
      Map.entry("RUT", "I:RUT"),
      Map.entry("RUTW", "I:RUT"),
      Map.entry("MRUT", "I:MRUT"),
      Map.entry("VIX", "I:VIX"),
      Map.entry("VIXW", "I:VIX"),
      Map.entry("DJX", "I:DJX"),
      Map.entry("OEX", "I:OEX"),
      Map.entry("XEO", "I:OEX"),
      Map.entry("BRKB", "BRK.B"),
      Map.entry("BFB", "BF.B"));

  private Shards() {}

  /** Returns the shard of an instrument, 0 to 63: that of its canonical underlying. */
  public static int of(Instrument instrument) {
    return ofName(underlying(instrument));
  }

  /** Returns the shard of what a name stands for that is no instrument, such as a caller. */
  public static int ofName(String name) {
    return (int) (Rendezvous.hash(name) & (COUNT - 1));
  }

  /**
   * Returns the symbol an instrument shares a shard with: an option's underlying ({@code O:SPXW…} and {@code I:SPX}; an
   * adjusted root such as {@code SPY1} loses its digits), a future contract's continuous symbol, else its own.
   */
  public static String underlying(Instrument instrument) {
    String symbol = instrument.symbol();
    if (instrument.assetClass() == AssetClass.OPTION) {
      Matcher option = OPTION.matcher(symbol);
      return option.matches() ? ofRoot(option.group(1)) : symbol;
    }
    if (instrument.assetClass() == AssetClass.FUTURE) {
      Matcher future = FUTURE.matcher(symbol);
      return future.matches() ? AssetClass.FUTURE.prefix() + future.group(1) : symbol;
    }
    return symbol;
  }

  /**
   * Returns true if a share's symbol is a root of an index's options ({@code SPX}): there is no such share, the index
   * is {@code I:SPX}.
   */
  public static boolean isIndexRoot(Instrument instrument) {
    return instrument.assetClass() == AssetClass.EQUITY
        && UNDERLYING_BY_ROOT
            .getOrDefault(instrument.symbol(), "")
            .startsWith(AssetClass.INDEX.prefix());
  }

  private static String ofRoot(String root) {
    String plain = TRAILING_DIGITS.matcher(root).replaceFirst("");
    String known = plain.isEmpty() ? root : plain;
    return UNDERLYING_BY_ROOT.getOrDefault(known, known);
  }

  /** Returns the key of a shard's lease, for example {@code shard/7}. */
  public static String leaseKey(int shard) {
    if (shard < 0 || shard >= COUNT) {
      throw new IllegalArgumentException("shard " + shard + " must be 0 to " + (COUNT - 1));
    }
    return LEASE_PREFIX + shard;
  }

  /** Returns the shard of a lease's key, or empty if it is the key of something else. */
  public static OptionalInt ofLeaseKey(String key) {
    if (!key.startsWith(LEASE_PREFIX)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(key.substring(LEASE_PREFIX.length())));
  }

  /** Returns the node ids of the available hubs in the order in which they should own a shard. */
  public static List<String> preference(int shard, Collection<Member> members) {
    return Rendezvous.ranking(leaseKey(shard), Role.HUB, members);
  }
}
