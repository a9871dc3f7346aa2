package io.candlehub.gateway;

import java.util.regex.Pattern;

/** Tells addresses that no other machine can reach. */
final class Loopback {
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[?::1]?");

  private Loopback() {}

  static boolean is(String host) {
    return ADDRESS.matcher(host).matches();
  }
}
