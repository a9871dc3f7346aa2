package io.candlehub.gateway.auth;

import java.util.List;
import java.util.Optional;

/** Identifies callers by API key. Immutable. */
final class ApiKeyAuthenticator implements Authenticator {
  private final List<ApiKey> keys;

  ApiKeyAuthenticator(List<ApiKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Compares with every key, so that the time taken tells nothing. */
  @Override
  public Caller identify(String token) {
    if (token.length() > LONGEST_TOKEN) {
      throw Authenticator.invalid();
    }
    byte[] presented = ApiKey.hash(token);
    Optional<ApiKey> found = Optional.empty();
    for (ApiKey key : keys) {
      if (key.hasHash(presented)) {
        found = Optional.of(key);
      }
    }
    return found.map(ApiKey::owner).orElseThrow(Authenticator::invalid);
  }
}
