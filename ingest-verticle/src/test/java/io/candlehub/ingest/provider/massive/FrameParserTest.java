package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.QuoteEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
            new QuoteEvent(SPY, 1764600605130L, 652.90, 4, 652.92, 7));
    assertThat(frame.statuses())
        .containsExactly(new WireStatus("success", "subscribed to: Q.SPY", 2));
    assertThat(count("events", "ignored")).isEqualTo(1);
    assertThat(count("events", "second")).isEqualTo(1);
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
            new QuoteEvent(Instrument.of("XYZ"), 1764600605130L, Double.NaN, 0, 12.5, 3),
            new QuoteEvent(Instrument.of("XYZ"), 1764600605131L, 12.25, 2, Double.NaN, Double.NaN));
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
  void shouldNeverThrowOnMutatedFrames() throws IOException {
    Random random = new Random(20261121);
    List<byte[]> seeds = List.of(
        fixture("aggregates.mixed"), fixture("aggregates.violations"), fixture("quotes.one-sided"));
    for (int i = 0; i < 30_000; i++) {
      byte[] bytes = seeds.get(i % seeds.size()).clone();
      int changes = 1 + random.nextInt(8);
      for (int change = 0; change < changes; change++) {
        bytes[random.nextInt(bytes.length)] = (byte)
            (random.nextBoolean()
                ? random.nextInt(256)
                : "[]{},:\"\\0123.eE-ntf".charAt(random.nextInt(19)));
      }
      ParsedFrame frame = parser.parse(bytes, random.nextInt(bytes.length + 1));
      assertThat(frame.events()).doesNotContainNull();
    }
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
