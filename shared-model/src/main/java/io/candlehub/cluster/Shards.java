package io.candlehub.cluster;

import io.candlehub.model.AssetClass;
import io.candlehub.model.IndexRoot;
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

  /** Roots of options on shares whose symbols have a dot. */
  private static final Map<String, String> SHARE_BY_ROOT = Map.of("BRKB", "BRK.B", "BFB", "BF.B");

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
   * adjusted root such as {@code SPY1} loses its digits, an unknown one is a share's), a future contract's continuous symbol, else its own.
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

  private static String ofRoot(String root) {
    String plain = TRAILING_DIGITS.matcher(root).replaceFirst("");
    String known = plain.isEmpty() ? root : plain;
    return IndexRoot.of(known)
        .map(IndexRoot::index)
        .orElseGet(() -> SHARE_BY_ROOT.getOrDefault(known, known));
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
