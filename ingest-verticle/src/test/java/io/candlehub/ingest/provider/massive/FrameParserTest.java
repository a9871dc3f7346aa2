package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FrameParserTest {
  private static final Instrument SPY = Instrument.of("SPY");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FrameParser parser = new FrameParser(new FeedMeters(registry, "massive"));

  @Test
  void shouldReadMixedKindsInOrder() throws IOException {
    ParsedFrame frame = parse(fixture("aggregates.mixed"));

    assertThat(frame.events())
        .containsExactly(
            new AggregateEvent(
                Span.SECOND,
                SPY,
                1764600600000L,
                1764600601000L,
                652.85,
                653.02,
                652.81,
                652.97,
                1200.5,
                652.9043,
                1830442.5),
            new AggregateEvent(
                Span.MINUTE,
                Instrument.of("BRK.B"),
                1764600600000L,
                1764600660000L,
                502.85,
                503.02,
                502.81,
                502.97,
                41250,
                502.9043,
                830442),
            new TradeEvent(SPY, 1764600605123L, 1203311, 11, 652.91, 100, List.of(14, 37)),
            new QuoteEvent(SPY, 1764600605130L, 0, 88120441, 652.90, 4, 652.92, 7));
    assertThat(frame.statuses())
        .containsExactly(new WireStatus("success", "subscribed to: Q.SPY", 2));
    assertThat(count("events", "ignored")).isZero();
    assertThat(count("events", "second")).isEqualTo(1);
    assertThat(count("events", "trade")).isEqualTo(1);
    assertThat(violations()).isZero();
  }

  @Test
  void shouldReadRequiredFieldsOnly() throws IOException {
    AggregateEvent event =
        (AggregateEvent) parse(fixture("aggregates.minimal")).events().get(0);

    assertThat(event.vwap()).isNaN();
    assertThat(event.dayVolume()).isNaN();
    assertThat(event.volume()).isZero();
  }

  @Test
  void shouldTakeSideWithoutPriceAsNotQuoted() throws IOException {
    ParsedFrame frame = parse(fixture("quotes.one-sided"));

    assertThat(frame.events())
        .containsExactly(
            new QuoteEvent(Instrument.of("XYZ"), 1764600605130L, 0, 0, Double.NaN, 0, 12.5, 3),
            new QuoteEvent(
                Instrument.of("XYZ"), 1764600605131L, 0, 0, 12.25, 2, Double.NaN, Double.NaN));
  }

  @Test
  void shouldCountEachRejectedEventByKindAndKeepTheRest() throws IOException {
    ParsedFrame frame = parse(fixture("aggregates.violations"));

    assertThat(frame.events()).hasSize(1);
    assertThat(count("violations", "wrong-type")).isEqualTo(5);
    assertThat(count("violations", "missing-field")).isEqualTo(3);
    assertThat(count("violations", "negative-volume")).isEqualTo(1);
    assertThat(count("violations", "not-positive")).isEqualTo(2);
    assertThat(count("violations", "high-below-price")).isEqualTo(1);
    assertThat(count("violations", "low-above-price")).isEqualTo(1);
    assertThat(count("violations", "not-finite")).isEqualTo(1);
    assertThat(count("violations", "bad-time")).isEqualTo(2);
    assertThat(count("violations", "bad-symbol")).isEqualTo(1);
    assertThat(count("violations", "malformed")).isEqualTo(2);
    assertThat(violations()).isEqualTo(19);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "object", "trailing", "html", "nan"})
  void shouldRejectWholeFrameThatIsNoArray(String name) throws IOException {
    ParsedFrame frame = parse(fixture("frame." + name));

    assertThat(frame.events()).isEmpty();
    assertThat(frame.statuses()).isEmpty();
    assertThat(count("violations", "malformed")).isEqualTo(1);
  }

  @Test
  void shouldReadGoodFrameAfterBadOne() throws IOException {
    parse(fixture("frame.truncated"));

    assertThat(parse(fixture("aggregates.minimal")).events()).hasSize(1);
  }

  @Test
  void shouldReadOnlyTheGivenLength() throws IOException {
    byte[] bytes = fixture("status.refusals");
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 100);

    assertThat(parser.parse(longer, bytes.length).statuses())
        .extracting(WireStatus::status)
        .containsExactly("error", "success");
  }

  @Test
  void shouldReadTradesAndValuesOfIndices() throws IOException {
    List<FeedEvent> events = parse(fixture("trades.mixed")).events();

    assertThat(events)
        .containsExactly(
            new TradeEvent(SPY, 1764600605123L, 1203311, 11, 652.91, 100.5, List.of(14, 37)),
            new TradeEvent(
                Instrument.of("O:SPY251219C00650000"),
                1764600605333L,
                651921857,
                302,
                12.45,
                3,
                List.of(227)),
            new TradeEvent(Instrument.of("QQQ"), 1764600605334L, 0, 0, 501, 0, List.of()),
            new TradeEvent(SPY, 1764600605335L, 1203312, 4, 652.92, 7, List.of(14, 37)),
            new TradeEvent(Instrument.of("I:SPX"), 1764600605000L, 0, 0, 6531.27, 0, List.of()));
    assertThat(((TradeEvent) events.get(0)).conditions())
        .isSameAs(((TradeEvent) events.get(3)).conditions());
    assertThat(count("events", "trade")).isEqualTo(5);
    assertThat(violations()).isZero();
  }

  @Test
  void shouldCountEachRejectedTradeByKind() throws IOException {
    assertThat(parse(fixture("trades.violations")).events()).hasSize(1);

    assertThat(count("violations", "not-positive")).isEqualTo(1);
    assertThat(count("violations", "negative-volume")).isEqualTo(1);
    assertThat(count("violations", "not-finite")).isEqualTo(1);
    assertThat(count("violations", "missing-field")).isEqualTo(3);
    assertThat(count("violations", "wrong-type")).isEqualTo(4);
    assertThat(count("violations", "bad-time")).isEqualTo(1);
    assertThat(count("violations", "bad-symbol")).isEqualTo(1);
    assertThat(violations()).isEqualTo(12);
  }

  @Test
  void shouldReadPausesOfTradingFromBands() throws IOException {
    Instrument xyz = Instrument.of("XYZ");

    assertThat(parse(fixture("bands")).events())
        .containsExactly(
            new HaltEvent(xyz, 1764600605123L, true),
            new HaltEvent(xyz, 1764600905123L, false),
            new HaltEvent(xyz, 1764600905124L, true));
    assertThat(count("events", "halt")).isEqualTo(3);
    assertThat(count("events", "ignored")).isEqualTo(2);
    assertThat(count("violations", "malformed")).isEqualTo(1);
    assertThat(count("violations", "missing-field")).isEqualTo(1);
    assertThat(count("violations", "wrong-type")).isEqualTo(1);
    assertThat(violations()).isEqualTo(3);
  }

  @Test
  void shouldTakeBarsWithoutVolumeOfIndicesOnly() throws IOException {
    assertThat(parse(fixture("indices")).events())
        .singleElement()
        .isEqualTo(new AggregateEvent(
            Span.MINUTE,
            Instrument.of("I:SPX"),
            1764600600000L,
            1764600660000L,
            6530.9,
            6532.0,
            6530.4,
            6531.2,
            0,
            Double.NaN,
            Double.NaN));
    assertThat(count("violations", "missing-field")).isEqualTo(1);
  }

  @Test
  void shouldReadNamesAndTextsWithEscapes() {
    assertThat(
            read("[{\"\\u0065v\":\"\\u0054\",\"s\\u0079m\":\"\\u0053PY\",\"p\":1,\"ds\":\"1\\u0030\",\"t\":5},"
                    + "{\"ev\":\"status\",\"status\":\"\\u00e9\\n\\ud83d\\ude00\u20ac\",\"message\":\"a\\\"b\"}]")
                .events())
        .containsExactly(new TradeEvent(SPY, 5, 0, 0, 1, 10, List.of()));
    assertThat(
            read("[{\"ev\":\"status\",\"status\":\"\\u00e9\\n\u20ac\",\"message\":\"a\\\"b\\/\"}]")
                .statuses())
        .containsExactly(new WireStatus("\u00e9\n\u20ac", "a\"b/", 0));
  }

  @Test
  void shouldTakeAFieldGivenTwiceAsGivenLast() {
    String trade = "{\"ev\":\"Q\",\"sym\":\"QQQ\",\"p\":2,\"s\":1,\"c\":5,\"t\":5";

    assertThat(read("[" + trade + ",\"sym\":\"SPY\",\"p\":1,\"c\":[7],\"ev\":\"T\"}]")
            .events())
        .containsExactly(new TradeEvent(SPY, 5, 0, 0, 1, 1, List.of(7)));
    assertThat(read("[" + trade + ",\"c\":null,\"sym\":7,\"ev\":\"T\"}]").events())
        .isEmpty();
    assertThat(read("[" + trade + ",\"ev\":\"T\"}]").events()).isEmpty();
    assertThat(count("violations", "wrong-type")).isEqualTo(2);
  }

  @Test
  void shouldTakeNegativeZeroForZero() {
    FeedEvent event = read("[{\"ev\":\"T\",\"sym\":\"SPY\",\"p\":1,\"s\":-0.0,\"t\":5}]")
        .events()
        .get(0);

    assertThat(event).isEqualTo(new TradeEvent(SPY, 5, 0, 0, 1, 0.0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        " [ ] ",
        "\ufeff[]",
        "[\t{\r\n}\n]",
        "[{\"a\":[[],{},{\"b\":[1,-2.5e-7,true,null]}]}]",
        "[1]"
      })
  void shouldReadArraysHoweverTheyAreWritten(String text) {
    read(text);

    assertThat(violations()).isLessThanOrEqualTo(1);
    assertThat(read(text + text).events()).isEmpty();
    assertThat(count("violations", "malformed")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "]",
        "{}",
        "[}",
        "[,]",
        "[1,]",
        "[{},]",
        "[{]",
        "[{,}]",
        "[{\"a\"}]",
        "[{\"a\":}]",
        "[{\"a\":1,}]",
        "[{\"a\" 1}]",
        "[{a:1}]",
        "[{'a':1}]",
        "[{\"a\":01}]",
        "[{\"a\":1.}]",
        "[{\"a\":tru}]",
        "[{\"a\":truee}]",
        "[{\"a\":\"\t\"}]",
        "[{\"a\":\"\\x\"}]",
        "[{\"a\":\"\\u12g4\"}]",
        "[{\"a\":\"",
        "[{\"a\":1]}",
        "[1 2]",
        "[{} {}]",
        "[]]",
        "[] []",
        "[][]",
        "\ufeff\ufeff[]",
        "[{\"ev\u0000\":\"A\"}]",
        "[{\"a\":1}/**/]",
        "[{\"a\":Infinity}]",
        "\u00a0[]"
      })
  void shouldRejectWhatIsNoJson(String text) {
    ParsedFrame frame = read(text);

    assertThat(frame.events()).isEmpty();
    assertThat(frame.statuses()).isEmpty();
    assertThat(violations()).isEqualTo(1);
    assertThat(count("violations", "malformed")).isEqualTo(1);
  }

  @Test
  void shouldRejectBytesThatAreNoText() {
    for (int[] bad :
        new int[][] {{0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0x80}}) {
      byte[] bytes = "[{\"a\":\"........\"}]".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bad.length; i++) {
        bytes[8 + i] = (byte) bad[i];
      }
      parse(bytes);
    }
    assertThat(count("violations", "malformed")).isEqualTo(4);
  }

  @Test
  void shouldRejectNestingBeyondReason() {
    read("[{\"a\":" + "[".repeat(62) + "]".repeat(62) + "}]");
    assertThat(count("violations", "malformed")).isZero();

    read("[{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}]");
    read("[".repeat(100_000));
    assertThat(count("violations", "malformed")).isEqualTo(2);
  }

  @Test
  void shouldNotReadOnInWhatStandsBehindTheFrame() {
    String frame = "[{\"ev\":\"T\",\"sym\":\"SPY\",\"p\":1,\"s\":1,\"t\":5}]";
    byte[] bytes = (frame + " ".repeat(JsonText.SPARE)).getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < frame.length(); length++) {
      assertThat(parser.parse(bytes.clone(), length).events()).isEmpty();
    }
    assertThat(violations()).isEqualTo(frame.length());
    assertThat(parser.parse(bytes, frame.length()).events()).hasSize(1);
  }

  @Test
  void shouldCountOneViolationForAFrameThatBreaksOff() throws IOException {
    String whole = new String(fixture("aggregates.violations"), StandardCharsets.UTF_8);

    assertThat(read(whole.substring(0, whole.length() - 1)).events()).isEmpty();
    assertThat(violations()).isEqualTo(1);
  }

  private ParsedFrame read(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private ParsedFrame parse(byte[] bytes) {
    return parser.parse(bytes, bytes.length);
  }

  private double count(String name, String kind) {
    return registry.get("candlehub.ingest." + name).tag("kind", kind).counter().count();
  }

  private double violations() {
    return registry.get("candlehub.ingest.violations").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in =
        FrameParserTest.class.getResourceAsStream("/payload/massive." + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
