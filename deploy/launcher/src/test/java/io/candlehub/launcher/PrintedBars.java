package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A program that prints a line for each final minute of SPY, {@code START SPY o … h … l … c … v … STATE}. */
final class PrintedBars implements AutoCloseable {
  private static final int COMPARED = 30;

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader = new Thread(this::read, "printed bars");

  private PrintedBars(Process process) {
    this.process = process;
    reader.start();
  }

  static PrintedBars of(ProcessBuilder program) throws IOException {
    return new PrintedBars(program.start());
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("could not read: " + e.getMessage());
    }
  }

  /** Returns what was printed so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Compares the newest bars with what REST says of them, numbers by value. */
  void assertEqualTo(HubProcess hub) throws IOException, InterruptedException {
    NavigableMap<Long, JsonObject> bars = new TreeMap<>();
    lines.stream().map(PrintedBars::bar).forEach(bar -> bars.put(bar.getLong("t"), bar));
    List<JsonObject> newest =
        List.copyOf(bars.values()).subList(bars.size() - COMPARED, bars.size());
    JsonObject chart = hub.json("/api/market/aggs?ticker=SPY&timeframe=1m&from="
        + newest.get(0).getLong("t") + "&to=" + newest.get(COMPARED - 1).getLong("t"));
    assertThat(ClientProcess.list(chart.getJsonArray("bars")).stream()
            .map(PrintedBars::values)
            .toList())
        .isEqualTo(newest.stream().map(PrintedBars::values).toList());
  }

  private static JsonObject bar(String line) {
    String[] words = line.split(" ", -1);
    JsonObject bar = new JsonObject()
        .put("t", Instant.parse(words[0]).toEpochMilli())
        .put("state", words[words.length - 1]);
    for (int i = 2; i < words.length - 1; i += 2) {
      bar.put(words[i], Double.valueOf(words[i + 1]));
    }
    return bar;
  }

  private static List<Object> values(JsonObject bar) {
    return List.of(
        bar.getLong("t"),
        bar.getDouble("o"),
        bar.getDouble("h"),
        bar.getDouble("l"),
        bar.getDouble("c"),
        bar.getDouble("v"),
        bar.getString("state"));
  }

  /** Asks the program to end as an operator would. */
  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      reader.join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
