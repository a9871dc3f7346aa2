package io.candlehub.gateway.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** How callers identify themselves (contract §§2, 8). Immutable; holds keys, so it has no text of its own. */
public final class AuthConfig {
  private static final Setting<String> MODE = Setting.oneOf(
      "auth.mode",
      "none",
      List.of("none", "jwt", "api-key"),
      "How callers identify themselves: not at all, which is for loopback addresses only, by JSON Web Token, or by API"
          + " key.");
  private static final Setting<String> SECRET = Setting.secret(
      "auth.jwt.secret",
      "Secret of tokens signed with HS256, at least 32 bytes; or auth.jwt.jwks.");
  private static final Setting<String> JWKS = Setting.text(
      "auth.jwt.jwks",
      "",
      "File with the public RSA keys (a JSON Web Key Set) of tokens signed with RS256; or auth.jwt.secret.");
  private static final Setting<String> ISSUER =
      Setting.text("auth.jwt.issuer", "", "Claim iss that tokens must have; any if empty.");
  private static final Setting<String> AUDIENCE = Setting.text(
      "auth.jwt.audience", "", "One of the claim aud that tokens must have; any if empty.");
  private static final Setting<String> KEYS = Setting.secret(
      "auth.api-keys",
      "API keys, comma-separated, each id:hash or id:hash:ops with the key's SHA-256 in hexadecimal digits.");

  /** Every setting of this part. */
  public static final List<Setting<?>> SETTINGS =
      List.of(MODE, SECRET, JWKS, ISSUER, AUDIENCE, KEYS);

  private static final String MASKED = "***";
  private static final int LEAST_SECRET_BYTES = 32;
  private static final int LEAST_RSA_BITS = 2_048;

  private final boolean needed;
  private final Function<InstantSource, Authenticator> method;

  private AuthConfig(boolean needed, Function<InstantSource, Authenticator> method) {
    this.needed = needed;
    this.method = Objects.requireNonNull(method);
  }

  /**
   * Reads the settings, and the file of keys if there is one; blocks for that.
   *
   * @param values the effective configuration by key
   * @throws SettingException if a value is not allowed or what the mode needs is missing
   */
  public static AuthConfig from(Map<String, String> values) {
    return switch (MODE.from(values)) {
      case "jwt" -> {
        JwtRules rules = jwtRules(values);
        yield new AuthConfig(true, clock -> new JwtAuthenticator(rules, clock));
      }
      case "api-key" -> {
        List<ApiKey> keys = keys(KEYS.from(values));
        yield new AuthConfig(true, clock -> new ApiKeyAuthenticator(keys));
      }
      default ->
        new AuthConfig(false, clock -> token -> {
          throw Authenticator.invalid();
        });
    };
  }

  /** Returns true if callers must identify themselves. */
  public boolean isNeeded() {
    return needed;
  }

  /** Returns what identifies callers; asked only if that {@link #isNeeded}. */
  Authenticator authenticator(InstantSource clock) {
    return method.apply(clock);
  }

  private static JwtRules jwtRules(Map<String, String> values) {
    String secret = SECRET.from(values);
    String path = JWKS.from(values);
    if (secret.isEmpty() == path.isEmpty()) {
      throw new SettingException(
          SECRET.key(),
          secret.isEmpty() ? "" : MASKED,
          "set if and only if auth.jwt.jwks is not, while auth.mode is jwt");
    }
    String issuer = ISSUER.from(values);
    String audience = AUDIENCE.from(values);
    return secret.isEmpty()
        ? new JwtRules(JWSAlgorithm.RS256, publicKeys(path), issuer, audience)
        : new JwtRules(JWSAlgorithm.HS256, shared(secret), issuer, audience);
  }

  private static JWKSource<SecurityContext> shared(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < LEAST_SECRET_BYTES) {
      throw new SettingException(
          SECRET.key(),
          MASKED,
          "at least " + LEAST_SECRET_BYTES + " bytes (RFC 7518, section 3.2)");
    }
    return new ImmutableSecret<>(bytes);
  }

  private static JWKSource<SecurityContext> publicKeys(String path) {
    List<JWK> usable;
    try {
      usable = JWKSet.load(new File(path)).getKeys().stream()
          .filter(AuthConfig::verifies)
          .map(JWK::toPublicJWK)
          .toList();
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw new SettingException(JWKS.key(), path, "a readable JSON Web Key Set");
    }
    if (usable.isEmpty()) {
      throw new SettingException(
          JWKS.key(), path, "a key set with an RSA key of at least " + LEAST_RSA_BITS + " bits");
    }
    return new ImmutableJWKSet<>(new JWKSet(usable));
  }

  private static boolean verifies(JWK key) {
    return key instanceof RSAKey
        && key.size() >= LEAST_RSA_BITS
        && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getAlgorithm() == null || key.getAlgorithm().equals(JWSAlgorithm.RS256));
  }

  private static List<ApiKey> keys(String text) {
    List<ApiKey> keys = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      ApiKey key = ApiKey.parse(entry.strip())
          .orElseThrow(() -> new SettingException(
              KEYS.key(), MASKED, "a comma-separated list of id:hash or id:hash:ops"));
      if (keys.stream().anyMatch(known -> known.owner().id().equals(key.owner().id()))) {
        throw new SettingException(
            KEYS.key(), MASKED, "each id once; twice there is " + key.owner().id());
      }
      keys.add(key);
    }
    return keys;
  }
}
