package io.candlehub.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes JSON Web Tokens by the platform's own cryptography, right ones and wrong ones. */
public final class Tokens {
  /** A secret long enough. */
  public static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final KeyPair PAIR = pair();

  private Tokens() {}

  /** Returns claims of a caller whose time ends some seconds from now. */
  public static JsonObject claims(String subject, long seconds) {
    return new JsonObject()
        .put("sub", subject)
        .put("exp", Instant.now().plusSeconds(seconds).getEpochSecond());
  }

  /** Returns a token signed with {@link #SECRET}. */
  public static String hs256(JsonObject claims) {
    return hs256(claims, SECRET);
  }

  /** Returns a token signed with a secret. */
  public static String hs256(JsonObject claims, String secret) {
    return hs256(new JsonObject().put("alg", "HS256"), claims, bytes(secret));
  }

  /** Returns a token with a header, signed with HMAC whatever the header says. */
  public static String hs256(JsonObject header, JsonObject claims, byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      String content = content(header, claims);
      return content + "." + BASE64.encodeToString(mac.doFinal(bytes(content)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a token signed with the pair whose public key {@link #writeKeySet} writes. */
  public static String rs256(JsonObject claims) {
    return rs256(claims, PAIR);
  }

  /** Returns a token signed with a pair of keys. */
  public static String rs256(JsonObject claims, KeyPair keys) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      String content = content(new JsonObject().put("alg", "RS256").put("kid", "one"), claims);
      signature.update(bytes(content));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a token without a signature. */
  public static String unsigned(JsonObject claims) {
    return content(new JsonObject().put("alg", "none"), claims) + ".";
  }

  /** Returns the public key as bytes, which a confused verifier would take for a secret. */
  public static byte[] publicKeyBytes() {
    return PAIR.getPublic().getEncoded();
  }

  /** Writes the public key as a JSON Web Key Set. */
  public static Path writeKeySet(Path folder) throws IOException {
    RSAPublicKey key = (RSAPublicKey) PAIR.getPublic();
    JsonObject jwk = new JsonObject()
        .put("kty", "RSA")
        .put("kid", "one")
        .put("use", "sig")
        .put("n", number(key.getModulus()))
        .put("e", number(key.getPublicExponent()));
    return Files.writeString(
        folder.resolve("jwks.json"),
        new JsonObject().put("keys", new JsonArray().add(jwk)).encode());
  }

  /** Returns the hash of an API key as the configuration wants it. */
  public static String sha256(String key) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(key)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a pair of RSA keys. */
  public static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String content(JsonObject header, JsonObject claims) {
    return BASE64.encodeToString(bytes(header.encode()))
        + "."
        + BASE64.encodeToString(bytes(claims.encode()));
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
