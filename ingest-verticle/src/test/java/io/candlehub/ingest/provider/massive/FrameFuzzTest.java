package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Gives the parser damaged frames and compares what it takes from them with an independent reading of the same bytes: no
 * exception, no event that the frame does not tell, none missing. {@code candlehub.fuzz.frames} says how many.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FrameFuzzTest {
  private static final int FRAMES = Integer.getInteger("candlehub.fuzz.frames", 100_000);
  private static final int POOL = 4_000;
  private static final int COUNT_EVERY = 1_000;

  private final Random random = new Random(20261121);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FrameParser parser = new FrameParser(new FeedMeters(registry, "massive"));
  private final FrameOracle oracle = new FrameOracle();
  private final List<byte[]> pool = new ArrayList<>();
  /** Holds what is left of longer frames behind the present one, as a connection's does. */
  private final byte[] wire = new byte[1 << 16];

  private long readable;
  private long events;
  private long violations;

  @Test
  void shouldTakeFromDamagedFramesExactlyWhatTheyTell() {
    FrameComposer composer = new FrameComposer(random);
    for (int i = 0; i < POOL; i++) {
      pool.add(composer.frame().getBytes(StandardCharsets.UTF_8));
      compare(pool.get(i));
    }
    assertThat(readable).isEqualTo(POOL);
    FrameMutator mutator = new FrameMutator(random);
    for (int i = 0; i < FRAMES; i++) {
      compare(mutator.mutate(any(), any()));
      if (i % COUNT_EVERY == 0) {
        assertThat(counted()).isEqualTo(violations);
      }
    }
    assertThat(counted()).isEqualTo(violations);
    System.out.printf(
        Locale.ROOT,
        "parser fuzz: %,d damaged frames, %,d of them readable, %,d events equal, %,d rejections%n",
        FRAMES,
        readable - POOL,
        events,
        violations);
    assertThat(readable).isBetween(FRAMES / 4L, FRAMES * 3L / 4);
    assertThat(events).isGreaterThan(FRAMES / 3);
  }

  private void compare(byte[] frame) {
    System.arraycopy(frame, 0, wire, 0, frame.length);
    ParsedFrame parsed = parse(frame);
    Optional<FrameOracle.Reading> told = oracle.read(frame);
    boolean same = told.map(reading -> parsed.events().equals(reading.events())
            && parsed.statuses().equals(reading.statuses()))
        .orElse(parsed.events().isEmpty() && parsed.statuses().isEmpty());
    if (!same) {
      throw new AssertionError("frame " + new String(frame, StandardCharsets.UTF_8) + "\ntells "
          + told + "\nparsed " + parsed.events() + parsed.statuses());
    }
    readable += told.isPresent() ? 1 : 0;
    events += parsed.events().size();
    violations += told.map(FrameOracle.Reading::refused).orElse(1);
  }

  private ParsedFrame parse(byte[] frame) {
    try {
      return parser.parse(wire, frame.length);
    } catch (RuntimeException e) {
      throw new AssertionError("frame " + new String(frame, StandardCharsets.UTF_8), e);
    }
  }

  private byte[] any() {
    return pool.get(random.nextInt(pool.size()));
  }

  private long counted() {
    double sum = 0;
    for (Violation kind : Violation.values()) {
      Counter counter = registry
          .get("candlehub.ingest.violations")
          .tag("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .counter();
      sum += counter.count();
    }
    return Math.round(sum);
  }
}
