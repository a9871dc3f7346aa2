package io.candlehub.gateway.access;

import java.util.Locale;
import java.util.Optional;

/**
 * A web origin (RFC 6454, section 7), its default port filled in.
 *
 * @param scheme http or https
 * @param authority host and port
 */
record Origin(String scheme, Authority authority) {
  /** Returns the origin of a text, or empty if it is none; the opaque origin {@code null} is none. */
  static Optional<Origin> parse(String text) {
    int end = text.indexOf("://");
    if (end < 0) {
      return Optional.empty();
    }
    String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.empty();
    }
    return Authority.parse(text.substring(end + 3))
        .map(authority -> new Origin(scheme, authority.orPort(defaultPort(scheme))));
  }

  /** Returns true if a page of this origin came from the host that a request names. */
  boolean isSameAs(Authority host) {
    return authority.equals(host.orPort(defaultPort(scheme)));
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
