package io.candlehub.bus;

/** Refuses binary messages of another version, which a rolling upgrade may bring. */
final class WireVersions {
  private WireVersions() {}

  static void check(byte expected, byte found, String codec) {
    if (expected != found) {
      throw new IllegalStateException(codec + " version " + found + " is not " + expected);
    }
  }
}
