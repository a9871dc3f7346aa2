package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.provider.AnswerReader;
import io.candlehub.ingest.provider.TokenFeed;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the envelope that all REST answers share, chunk by chunk as the bytes arrive, so that a large answer neither
 * fills the memory nor holds the event loop: {@code status}, {@code error} or {@code message}, {@code next_url} and
 * {@code results}, a list of rows or one (OpenAPI document). Nothing makes it throw. Confined to one event loop.
 */
final class ResultsReader implements AnswerReader {
  private static final int ENVELOPE = 1;
  private static final int LONGEST_TEXT = 4_096;

  private final Rows rows;
  private final TokenFeed tokens = new TokenFeed(this::take);
  private final JsonParser parser = tokens.parser();
  private boolean complete;
  private int depth;
  private String key = "";
  private String rowKey = "";
  private String memberKey = "";
  private boolean listed;
  private boolean inResults;
  private boolean inRow;
  private String status = "";
  private String problem = "";
  private Optional<String> nextUrl = Optional.empty();

  ResultsReader(Rows rows) {
    this.rows = rows;
  }

  @Override
  public void feed(Buffer chunk) {
    tokens.feed(chunk.getBytes());
  }

  @Override
  public void finish() {
    tokens.finish();
  }

  @Override
  public boolean isWellFormed() {
    return complete && !tokens.isBroken();
  }

  @Override
  public String status() {
    return status;
  }

  @Override
  public String problem() {
    return problem;
  }

  /** Returns the address of the next page. */
  Optional<String> nextUrl() {
    return nextUrl;
  }

  private void take(JsonToken token) throws IOException {
    if (depth == 0) {
      if (complete || token != JsonToken.START_OBJECT) {
        throw new IOException("not one object");
      }
      depth = 1;
      return;
    }
    if (token == JsonToken.FIELD_NAME) {
      takeName();
    } else if (token.isStructStart()) {
      takeStart(token);
    } else if (token.isStructEnd()) {
      takeEnd();
    } else {
      takeScalar(token);
    }
  }

  private int rowDepth() {
    return listed ? ENVELOPE + 2 : ENVELOPE + 1;
  }

  private void takeName() throws IOException {
    if (depth == ENVELOPE) {
      key = parser.currentName();
      inResults = key.equals("results");
    } else if (inRow && depth == rowDepth()) {
      rowKey = parser.currentName();
    } else if (inRow && depth == rowDepth() + 1) {
      memberKey = parser.currentName();
    }
  }

  private void takeStart(JsonToken token) throws IOException {
    if (inResults) {
      if (depth == ENVELOPE) {
        listed = token == JsonToken.START_ARRAY;
      }
      if (depth + 1 == rowDepth()) {
        inRow = token == JsonToken.START_OBJECT;
        if (inRow) {
          rows.begin();
        } else {
          rows.malformed();
        }
      } else if (inRow && depth == rowDepth()) {
        memberKey = "";
        rows.field(rowKey, token, parser);
      } else if (inRow && depth == rowDepth() + 1) {
        rows.member(rowKey, memberKey, token, parser);
      }
    }
    depth++;
  }

  private void takeEnd() {
    if (inRow && depth == rowDepth()) {
      inRow = false;
      rows.end();
    }
    depth--;
    complete = depth == 0;
  }

  private void takeScalar(JsonToken token) throws IOException {
    if (inRow && depth == rowDepth()) {
      rows.field(rowKey, token, parser);
    } else if (inRow && depth == rowDepth() + 1) {
      rows.member(rowKey, memberKey, token, parser);
    } else if (inResults && depth == ENVELOPE + 1) {
      rows.malformed();
    } else if (depth == ENVELOPE && token == JsonToken.VALUE_STRING) {
      takeText(parser.getText());
    }
  }

  private void takeText(String text) {
    String bounded = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    switch (key) {
      case "status" -> status = bounded;
      case "error", "message" -> problem = bounded;
      case "next_url" -> nextUrl = Optional.of(text);
      default -> {
        return;
      }
    }
  }
}
