package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mutated messages and answers: nothing escapes, nothing that is no event comes out, and what a general parser finds well
 * formed is read whole.
 */
@Timeout(120)
class WireFuzzTest {
  private static final long SEED = 7_071;
  private static final int MESSAGES = Integer.getInteger("candlehub.fuzz.frames", 1_000_000) / 10;
  private static final List<String> STREAMED = List.of(
      "stream.lines.txt",
      "stream.joined.txt",
      "stream.violations.txt",
      "stream.other.txt",
      "stream.error.json");
  private static final List<String> ANSWERS = List.of(
      "quotes.list.json",
      "quotes.single.json",
      "quotes.unmatched.json",
      "quotes.null.json",
      "answer.xml",
      "fault.json");
  private static final String[] PIECES = {
    "null",
    "\"\"",
    "\"NaN\"",
    "-1",
    "1e999",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\"",
    ",",
    ":",
    "0",
    "\"null\"",
    "{}",
    "[[]]",
    "\"quote\"",
    "9999999999999999999",
    "true",
    "\\u0000",
    "{\"type\":"
  };

  private final Random random = new Random(SEED);
  private final ObjectMapper mapper = new ObjectMapper();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FeedMeters meters = new FeedMeters(registry, "tradier");

  @Test
  void shouldBearAnyMessage() {
    EventParser parser = new EventParser(meters);
    int events = 0;
    for (int i = 0; i < MESSAGES; i++) {
      byte[] message = mutated(STREAMED);
      HeardEvents heard = new HeardEvents(
          "quotes:SPY",
          "trades:SPY",
          "quotes:BRK.B",
          "trades:BRK.B",
          "trades:I:SPX",
          "trades:O:SPY251219C00650000");
      long counted = meters.violations();
      try {
        parser.parse(message, heard);
      } catch (RuntimeException e) {
        throw new AssertionError(text(message), e);
      }
      heard
          .events()
          .forEach(event -> assertThat(isEvent(event)).as(text(message)).isTrue());
      if (lines(message) == 1 && objects(message) < 0) {
        assertThat(meters.violations()).as(text(message)).isGreaterThan(counted);
      }
      events += heard.events().size();
    }
    assertThat(events).isGreaterThan(MESSAGES / 2);
  }

  @Test
  void shouldBearAnyAnswerInAnyPieces() throws IOException {
    int rows = 0;
    for (int i = 0; i < MESSAGES / 5; i++) {
      byte[] body = mutated(ANSWERS);
      List<String> symbols = new ArrayList<>();
      DocumentReader reader = new DocumentReader(
          meters,
          Map.of(
              "quotes.quote", row -> symbols.add(row.text("symbol") + row.number("bid")),
              "quotes.unmatched_symbols.symbol", row -> symbols.add(row.text(""))));
      int from = 0;
      while (from < body.length) {
        int to = Math.min(body.length, from + 1 + random.nextInt(400));
        reader.feed(Buffer.buffer(new String(body, from, to - from, StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1)));
        from = to;
      }
      reader.finish();
      assertThat(reader.isWellFormed()).as(text(body)).isEqualTo(isAnswer(body));
      rows += symbols.size();
    }
    assertThat(rows).isGreaterThan(MESSAGES / 20);
  }

  private static boolean isEvent(FeedEvent event) {
    if (event instanceof QuoteEvent quote) {
      return quote.atMillis() > 0 && !(quote.bid() <= 0) && !(quote.ask() <= 0);
    }
    return event instanceof TradeEvent trade && trade.atMillis() > 0 && trade.price() > 0;
  }

  private byte[] mutated(List<String> fixtures) {
    StringBuilder text =
        new StringBuilder(Payloads.text(fixtures.get(random.nextInt(fixtures.size()))));
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        default -> text.setLength(random.nextInt(3) == 0 ? at : text.length());
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int lines(byte[] message) {
    return (int) text(message).lines().count();
  }

  /** Returns how many values a message holds, -1 if it is no JSON. */
  private int objects(byte[] message) {
    try (MappingIterator<JsonNode> values = mapper.readerFor(JsonNode.class).readValues(message)) {
      return values.readAll().size();
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }

  /** An answer is one object with quotes that are nothing or an object. */
  private boolean isAnswer(byte[] body) {
    try {
      if (objects(body) != 1) {
        return false;
      }
      JsonNode root = mapper.readTree(body);
      if (!root.isObject() || !root.has("quotes")) {
        return false;
      }
      return !root.get("quotes").isValueNode() || root.get("quotes").asText().equals("null");
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }
}
