package io.candlehub.hub.store;

import io.candlehub.model.MarketDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Name under which a market's data are kept: a folder's name or a part of a database's name.
 *
 * <p>It has 1 to 41 lower-case letters, digits, hyphens and underscores, so that it is valid and distinct on every file
 * system and in MongoDB. A market id that had to be altered carries a checksum of the original.
 */
final class StorageName {
  private static final int MAX_READABLE = 32;

  private StorageName() {}

  static String of(MarketDescriptor market) {
    String id = market.marketId();
    StringBuilder name = new StringBuilder();
    for (char c : id.toLowerCase(Locale.ROOT).toCharArray()) {
      name.append(isKept(c) ? c : '_');
    }
    name.setLength(Math.min(name.length(), MAX_READABLE));
    return id.contentEquals(name) && !id.isEmpty() ? id : name + "-" + checksum(id);
  }

  private static boolean isKept(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static String checksum(String id) {
    CRC32C sum = new CRC32C();
    sum.update(id.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
