package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.feed.FeedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Parses the same frames with the product's parser, with Jackson's streaming parser and with its databind in two ways, to
 * the same events; that they are the same is checked before. One operation is one event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(BenchFrames.EVENTS)
public class ParseBenchmark {
  private final FrameParser parser =
      new FrameParser(new FeedMeters(new SimpleMeterRegistry(), "massive"));
  private final StreamingParser streaming = new StreamingParser();
  private final DatabindParser databind = new DatabindParser();
  private List<byte[]> frames = List.of();

  /** Kinds of the events in the frames. */
  @Param({"A", "AM", "T", "Q", "mixed"})
  private String kinds = "";

  /** Composes the frames and compares what all parsers make of them. */
  @Setup(Level.Trial)
  public void compose() throws IOException {
    frames = new BenchFrames(kinds).compose();
    int events = 0;
    for (byte[] frame : frames) {
      int length = length(frame);
      List<FeedEvent> expected = new ArrayList<>(parser.parse(frame, length).events());
      events += expected.size();
      if (!expected.equals(streaming.parse(frame, length))
          || !expected.equals(databind.parseTree(frame, length))
          || !expected.equals(databind.parseBound(frame, length))) {
        throw new IllegalStateException("the parsers differ");
      }
    }
    if (events != BenchFrames.EVENTS) {
      throw new IllegalStateException(events + " events instead of " + BenchFrames.EVENTS);
    }
  }

  /** The product's parser. */
  @Benchmark
  public void ours(Blackhole hole) {
    for (byte[] frame : frames) {
      hole.consume(parser.parse(frame, length(frame)));
    }
  }

  /** Jackson's streaming parser. */
  @Benchmark
  public void jacksonStreaming(Blackhole hole) throws IOException {
    for (byte[] frame : frames) {
      hole.consume(streaming.parse(frame, length(frame)));
    }
  }

  /** Jackson's databind, by a tree. */
  @Benchmark
  public void jacksonTree(Blackhole hole) throws IOException {
    for (byte[] frame : frames) {
      hole.consume(databind.parseTree(frame, length(frame)));
    }
  }

  /** Jackson's databind, bound to a class. */
  @Benchmark
  public void jacksonBound(Blackhole hole) throws IOException {
    for (byte[] frame : frames) {
      hole.consume(databind.parseBound(frame, length(frame)));
    }
  }

  private static int length(byte[] frame) {
    return frame.length - JsonText.SPARE;
  }
}
