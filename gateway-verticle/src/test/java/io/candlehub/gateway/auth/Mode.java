package io.candlehub.gateway.auth;

import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The ways in which callers identify themselves, each with tokens of every kind. */
enum Mode {
  HS256,
  RS256,
  API_KEY;

  /** What a caller may show. */
  enum Token {
    NONE,
    JUNK,
    /** Well formed, of somebody who does not hold our key. */
    FOREIGN,
    UNSIGNED,
    EXPIRED,
    GOOD,
    OPS;

    boolean isAccepted() {
      return this == GOOD || this == OPS;
    }

    String refusal() {
      return this == EXPIRED ? "TOKEN_EXPIRED" : "UNAUTHENTICATED";
    }
  }

  private static final int LASTING = 3_600;

  /**
   * Starts a gateway with an allowed origin and without limits on requests.
   *
   * @param folder where it may find its keys
   */
  GatewayFixture gateway(Path folder) throws IOException {
    Map<String, String> settings = new HashMap<>(settings(folder));
    settings.put("http.allowed-origins", "https://chart.example");
    settings.put("limits.requests-per-second", "1000000");
    settings.put("limits.messages-per-second", "100000");
    settings.put("management.port", "0");
    return new GatewayFixture(settings);
  }

  Map<String, String> settings(Path folder) throws IOException {
    return switch (this) {
      case HS256 -> Map.of("auth.mode", "jwt", "auth.jwt.secret", Tokens.SECRET);
      case RS256 ->
        Map.of("auth.mode", "jwt", "auth.jwt.jwks", Tokens.writeKeySet(folder).toString());
      case API_KEY ->
        Map.of(
            "auth.mode",
            "api-key",
            "auth.api-keys",
            "ada:" + Tokens.sha256("good") + ",bob:" + Tokens.sha256("bob") + ",watch:"
                + Tokens.sha256("ops") + ":ops");
    };
  }

  /** Returns the tokens of this mode, {@link Token#NONE} left out. */
  Map<Token, String> tokens() {
    Map<Token, String> tokens = new EnumMap<>(Token.class);
    tokens.put(Token.JUNK, "junk");
    if (this == API_KEY) {
      tokens.put(Token.FOREIGN, Tokens.sha256("good"));
      tokens.put(Token.GOOD, "good");
      tokens.put(Token.OPS, "ops");
      return tokens;
    }
    JsonObject ops = Tokens.claims("watch", LASTING).put("roles", new JsonArray().add("ops"));
    tokens.put(
        Token.FOREIGN,
        this == HS256
            ? Tokens.hs256(Tokens.claims("ada", LASTING), Tokens.SECRET + "?")
            : Tokens.rs256(Tokens.claims("ada", LASTING), Tokens.pair()));
    tokens.put(Token.UNSIGNED, Tokens.unsigned(ops));
    tokens.put(Token.EXPIRED, signed(Tokens.claims("ada", -60)));
    tokens.put(Token.GOOD, token("ada", LASTING));
    tokens.put(Token.OPS, signed(ops));
    return tokens;
  }

  /** Returns a good token; API keys do not end. */
  String token(String subject, long seconds) {
    return this == API_KEY
        ? (subject.equals("ada") ? "good" : subject)
        : signed(Tokens.claims(subject, seconds));
  }

  private String signed(JsonObject claims) {
    return this == HS256 ? Tokens.hs256(claims) : Tokens.rs256(claims);
  }
}
