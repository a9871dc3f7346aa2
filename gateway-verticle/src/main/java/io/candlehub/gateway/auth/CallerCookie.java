package io.candlehub.gateway.auth;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells browsers apart where nobody needs to identify himself, so that each finds its own things again. It proves nothing.
 */
final class CallerCookie {
  static final String NAME = "candlehub_caller";

  private static final int ID_BYTES = 16;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final Duration KEPT = Duration.ofDays(365);

  private final SecureRandom random = new SecureRandom();
  private final boolean secure;

  /**
   * Creates it.
   *
   * @param secure whether the server is reached by TLS, so that the cookie is sent by no other way
   */
  CallerCookie(boolean secure) {
    this.secure = secure;
  }

  /** Returns the caller of a request, and gives one that has none a name. */
  Caller caller(RoutingContext ctx) {
    Cookie known = ctx.request().getCookie(NAME);
    if (known != null && ID.matcher(known.getValue()).matches()) {
      return anonymous(known.getValue());
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    // Lax, so that a link from elsewhere does not make a browser a new caller.
    ctx.response()
        .addCookie(Cookie.cookie(NAME, id)
            .setPath("/")
            .setHttpOnly(true)
            .setSecure(secure)
            .setSameSite(CookieSameSite.LAX)
            .setMaxAge(KEPT.toSeconds()));
    return anonymous(id);
  }

  private static Caller anonymous(String id) {
    return new Caller(id, Set.of(), Instant.MAX);
  }
}
