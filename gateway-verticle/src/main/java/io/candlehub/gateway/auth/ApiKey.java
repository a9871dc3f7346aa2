package io.candlehub.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as the configuration holds it: the hash of the key and who it stands for. The key itself is random, so one
 * pass of SHA-256 hides it as well as a slow hash would: there is nothing to guess. Immutable.
 */
final class ApiKey {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_.-]{1,64}):([0-9A-Fa-f]{64})(?::(" + Caller.OPS + "))?");

  private final byte[] sha256;
  private final Caller owner;

  private ApiKey(byte[] sha256, Caller owner) {
    this.sha256 = sha256;
    this.owner = owner;
  }

  /** Reads {@code id:hash} or {@code id:hash:ops}; empty if the text has another form. */
  static Optional<ApiKey> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Set<String> roles = parts.group(3) == null ? Set.of() : Set.of(Caller.OPS);
    return Optional.of(new ApiKey(
        HexFormat.of().parseHex(parts.group(2)), new Caller(parts.group(1), roles, Instant.MAX)));
  }

  /** Returns the hash of a key. */
  static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Compares with the hash of a key in a time that tells nothing. */
  boolean hasHash(byte[] presented) {
    return MessageDigest.isEqual(sha256, presented);
  }

  /** Returns who the key stands for. */
  Caller owner() {
    return owner;
  }
}
