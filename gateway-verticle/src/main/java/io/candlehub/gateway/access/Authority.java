package io.candlehub.gateway.access;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host with an optional port, as in a {@code Host} header (RFC 9110, section 7.2).
 *
 * @param host lower case; IPv6 addresses in brackets
 * @param port {@link #ANY_PORT} if none is given
 */
record Authority(String host, int port) {
  static final int ANY_PORT = -1;

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");

  /** Returns the authority of a text, or empty if the text is none. */
  static Optional<Authority> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = parts.group(2) == null ? ANY_PORT : Integer.parseInt(parts.group(2));
    return port > 65_535
        ? Optional.empty()
        : Optional.of(new Authority(parts.group(1).toLowerCase(Locale.ROOT), port));
  }

  /** Returns this authority with a port if it has none. */
  Authority orPort(int defaultPort) {
    return port == ANY_PORT ? new Authority(host, defaultPort) : this;
  }

  /** Returns true if this entry of a list of allowed hosts covers another authority. */
  boolean covers(Authority other) {
    return host.equals(other.host) && (port == ANY_PORT || port == other.port);
  }
}
