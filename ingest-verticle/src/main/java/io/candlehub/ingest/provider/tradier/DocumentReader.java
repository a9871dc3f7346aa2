package io.candlehub.ingest.provider.tradier;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.provider.AnswerReader;
import io.candlehub.ingest.provider.TokenFeed;
import io.candlehub.model.Violation;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads an answer while it arrives and hands over the elements of its lists one by one. A list of one element is written
 * as that element, an empty one as {@code null}, or is absent; the value around it may be {@code null} or the text
 * {@code "null"} as well (documented examples; {@code one_or_many} of public clients). An answer without the outermost
 * value is none. Nothing makes it throw. Confined to one event loop.
 */
final class DocumentReader implements AnswerReader {
  private static final int LONGEST_PROBLEM = 200;
  private static final String NOTHING = "null";
  private static final String FAULT = "fault.faultstring";

  private final FeedMeters meters;
  private final Map<String, Consumer<Row>> lists;
  private final Set<String> roots;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Row row = new Row();
  private final TokenFeed tokens = new TokenFeed(this::take);
  private final JsonParser parser = tokens.parser();
  private String name = "";
  private String rowPath = "";
  private int rowLevels;
  private String problem = "";
  private boolean answered;
  private boolean otherwise;
  private boolean complete;

  /** An object or list that is not closed yet. */
  private record Level(String path, boolean isObject) {}

  /**
   * Creates a reader of one answer.
   *
   * @param lists what takes the elements, by the names that lead to the list, dots between them
   */
  DocumentReader(FeedMeters meters, Map<String, Consumer<Row>> lists) {
    this.meters = meters;
    this.lists = Map.copyOf(lists);
    this.roots = lists.keySet().stream()
        .map(path -> path.contains(".") ? path.substring(0, path.indexOf('.')) : path)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void feed(Buffer chunk) {
    if (tokens.isBroken()) {
      return;
    }
    byte[] bytes = chunk.getBytes();
    tokens.feed(bytes);
    if (tokens.isBroken()) {
      problem =
          new String(bytes, 0, Math.min(bytes.length, LONGEST_PROBLEM), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void finish() {
    tokens.finish();
  }

  @Override
  public boolean isWellFormed() {
    return complete && !tokens.isBroken() && answered && !otherwise;
  }

  @Override
  public String status() {
    return "";
  }

  @Override
  public String problem() {
    return problem;
  }

  private void take(JsonToken token) throws IOException {
    if (levels.isEmpty() && (complete || token != JsonToken.START_OBJECT)) {
      throw new IOException("not one object");
    }
    if (token == JsonToken.FIELD_NAME) {
      name = parser.currentName();
    } else if (token.isStructStart()) {
      begin(here(), token == JsonToken.START_OBJECT);
    } else if (token.isStructEnd()) {
      end();
    } else {
      scalar(here(), token);
    }
  }

  /** Returns the names that lead to the value at which the parser stands; elements have the names of their list. */
  private String here() {
    Level top = levels.peek();
    if (top == null || !top.isObject()) {
      return top == null ? "" : top.path();
    }
    return top.path().isEmpty() ? name : top.path() + "." + name;
  }

  private void begin(String path, boolean isObject) {
    answered |= levels.size() == 1 && roots.contains(path);
    levels.push(new Level(path, isObject));
    if (isObject && rowLevels == 0 && lists.containsKey(path)) {
      rowPath = path;
      rowLevels = levels.size();
      row.clear();
    }
  }

  private void end() {
    if (levels.size() == rowLevels) {
      rowLevels = 0;
      handOver(rowPath);
    }
    levels.pop();
    complete = levels.isEmpty();
  }

  private void scalar(String path, JsonToken token) throws IOException {
    if (rowLevels > 0) {
      if (levels.element().isObject()) {
        row.put(path.substring(rowPath.length() + 1), token, parser);
      }
      return;
    }
    boolean isNothing = token == JsonToken.VALUE_NULL || NOTHING.equals(parser.getText());
    if (levels.size() == 1 && roots.contains(path)) {
      answered = true;
      otherwise |= !isNothing && !lists.containsKey(path);
    }
    if (lists.containsKey(path) && !isNothing) {
      row.clear();
      row.put("", token, parser);
      handOver(path);
    } else if (path.equals(FAULT)) {
      problem = parser.getText();
    }
  }

  private void handOver(String path) {
    lists.get(path).accept(row);
    if (row.isWrong()) {
      meters.violation(Violation.WRONG_TYPE);
    }
  }
}
