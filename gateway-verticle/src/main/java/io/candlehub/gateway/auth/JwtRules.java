package io.candlehub.gateway.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Objects;

/**
 * What a JSON Web Token must be to be accepted.
 *
 * @param algorithm the only signature accepted
 * @param keys what it is verified with
 * @param issuer who must have issued it; empty for anybody who holds the key
 * @param audience whom it must be meant for; empty for anybody
 */
record JwtRules(
    JWSAlgorithm algorithm, JWKSource<SecurityContext> keys, String issuer, String audience) {
  JwtRules {
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(audience, "audience");
  }
}
