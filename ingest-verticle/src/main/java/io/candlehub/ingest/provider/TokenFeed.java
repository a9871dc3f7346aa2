package io.candlehub.ingest.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import io.candlehub.bus.Json;
import java.io.IOException;

/**
 * The tokens of one body of JSON while its bytes arrive. Nothing makes it throw: what is no JSON, or is refused by who takes
 * the tokens, breaks it, and nothing more is taken. Confined to one event loop.
 */
public final class TokenFeed {
  private final Taker taker;
  private final JsonParser parser;
  private final ByteArrayFeeder feeder;
  private boolean broken;

  /** Takes tokens, the parser standing at each. */
  public interface Taker {
    /**
     * Takes a token.
     *
     * @throws IOException if it must not stand here
     */
    void take(JsonToken token) throws IOException;
  }

  /** Creates a feed before the first byte. */
  public TokenFeed(Taker taker) {
    this.taker = taker;
    try {
      parser = Json.FACTORY.createNonBlockingByteArrayParser();
    } catch (IOException e) {
      throw new IllegalStateException("a parser without input cannot fail", e);
    }
    feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
  }

  /** Returns the parser, for the text and number of a token that is taken. */
  public JsonParser parser() {
    return parser;
  }

  /** Takes the next bytes. */
  public void feed(byte[] bytes) {
    if (!broken) {
      try {
        feeder.feedInput(bytes, 0, bytes.length);
        drain();
      } catch (IOException | RuntimeException e) {
        broken = true;
      }
    }
  }

  /** Notes that no more bytes come. */
  public void finish() {
    if (!broken) {
      try {
        feeder.endOfInput();
        drain();
      } catch (IOException | RuntimeException e) {
        broken = true;
      }
    }
  }

  private void drain() throws IOException {
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.NOT_AVAILABLE) {
      taker.take(token);
      token = parser.nextToken();
    }
  }

  /** Returns true once something was no JSON or refused. */
  public boolean isBroken() {
    return broken;
  }
}
