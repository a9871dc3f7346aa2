package io.candlehub.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Identifies callers by JSON Web Token (RFC 7519; the advice of RFC 8725): one algorithm, which the token does not get to
 * choose, {@code sub} and {@code exp} required, roles in the claim {@code roles}. Unsigned and encrypted tokens are
 * refused.
 *
 * <p>A token that was verified is remembered, so that a caller who shows it at every message costs no signature each time.
 */
final class JwtAuthenticator implements Authenticator {
  private static final int MOST_REMEMBERED = 1_000;
  private static final int LONGEST_SUBJECT = 256;

  /** How far an issuer's clock may be ahead of ours; the end of a token is taken exactly. */
  private static final int SKEW_SECONDS = 30;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final InstantSource clock;
  private final Map<String, Caller> remembered = new LinkedHashMap<>();

  JwtAuthenticator(JwtRules rules, InstantSource clock) {
    this.clock = clock;
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(rules.algorithm(), rules.keys()));
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier(verifier(rules, clock));
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> verifier(
      JwtRules rules, InstantSource clock) {
    JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
    if (!rules.issuer().isEmpty()) {
      exact.issuer(rules.issuer());
    }
    String audience = rules.audience().isEmpty() ? null : rules.audience();
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(audience, exact.build(), Set.of("sub", "exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew(SKEW_SECONDS);
    return verifier;
  }

  @Override
  public Caller identify(String token) {
    Caller caller = remembered.get(token);
    if (caller == null) {
      caller = verify(token);
    }
    if (caller.isExpired(clock.instant())) {
      remembered.remove(token);
      throw Authenticator.expired();
    }
    remember(token, caller);
    return caller;
  }

  private Caller verify(String token) {
    if (token.length() > LONGEST_TOKEN) {
      throw Authenticator.invalid();
    }
    try {
      JWTClaimsSet claims = processor.process(token, null);
      String subject = claims.getSubject();
      if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
        throw Authenticator.invalid();
      }
      List<String> roles = claims.getStringListClaim("roles");
      Instant end = claims.getExpirationTime().toInstant();
      return new Caller(subject, roles == null ? Set.of() : Set.copyOf(roles), end);
    } catch (ExpiredJWTException e) {
      throw Authenticator.expired();
    } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
      throw Authenticator.invalid();
    }
  }

  private void remember(String token, Caller caller) {
    if (remembered.putIfAbsent(token, caller) == null && remembered.size() > MOST_REMEMBERED) {
      Iterator<String> oldest = remembered.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
