package io.candlehub.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** A server of the fan-out measurement, seen from outside. */
final class FanoutServer implements AutoCloseable {
  private static final String READY = "ready ";

  private final FanoutKind kind;
  private final String title;
  private final MeasuredProcess measured;
  private final BufferedReader output;
  private final BufferedWriter input;
  private final int port;
  private final AtomicLongArray positions;

  private FanoutServer(
      FanoutKind kind, String title, Process process, BufferedReader output, int streams)
      throws IOException {
    this.kind = kind;
    this.title = title;
    this.measured = new MeasuredProcess(process);
    this.output = output;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.positions = new AtomicLongArray(streams);
    String line = output.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new IOException(title + " did not become ready");
    }
    this.port = URI.create(line.substring(READY.length())).getPort();
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param title its name in the table
   * @param settings Candlehub's, none for the others
   * @param heap the heap's limit, as an option of the virtual machine
   */
  static FanoutServer start(
      FanoutKind kind, String title, Map<String, String> settings, String heap, int streams)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder().redirectError(ProcessBuilder.Redirect.INHERIT);
    if (kind == FanoutKind.NODE) {
      Path folder = NodeProject.install("socketio");
      builder
          .directory(folder.toFile())
          .command(Cores.SERVER.command(List.of("node", "--expose-gc", "server.mjs")));
    } else {
      List<String> arguments = new ArrayList<>(List.of("fanout-server", "--peer", kind.name()));
      settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
      builder.command(Cores.SERVER.command(Cores.ownCommand(heap, arguments)));
    }
    Process process = builder.start();
    return new FanoutServer(
        kind, title, process, process.inputReader(StandardCharsets.UTF_8), streams);
  }

  FanoutKind kind() {
    return kind;
  }

  String title() {
    return title;
  }

  int port() {
    return port;
  }

  /** Returns the symbols of its streams. */
  List<String> symbols() {
    List<String> symbols = new ArrayList<>();
    for (int stream = 0; stream < positions.length(); stream++) {
      symbols.add(ChartUpdates.symbol(stream));
    }
    return symbols;
  }

  /**
   * Hands it the next update of a stream.
   *
   * @param micros when it was due
   */
  void publish(int stream, long micros) {
    String symbol = ChartUpdates.symbol(stream);
    long seq = positions.incrementAndGet(stream);
    hand(symbol, seq, kind.update(symbol, seq, micros));
  }

  /** Hands Candlehub the next update of a stream whose every minute changes in turn. */
  void publishWalking(int stream, long micros) {
    String symbol = ChartUpdates.symbol(stream);
    long seq = positions.incrementAndGet(stream);
    hand(symbol, seq, ChartUpdates.walking(symbol, seq, micros));
  }

  private void hand(String symbol, long seq, String json) {
    tell(symbol + '\t' + seq + '\t' + json);
  }

  /** The feed and whoever asks share the way in. */
  private synchronized void tell(String line) {
    try {
      input.write(line + '\n');
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(title + " is gone", e);
    }
  }

  /** Returns the numbers of the newest updates that were handed over, by stream. */
  List<Long> positions() {
    List<Long> newest = new ArrayList<>();
    for (int stream = 0; stream < positions.length(); stream++) {
      newest.add(positions.get(stream));
    }
    return newest;
  }

  /** Returns the bytes on its heap that are still in use after collections. */
  long liveHeapBytes() throws IOException {
    tell("heap");
    return Long.parseLong(output.readLine());
  }

  /** Returns the bytes outside the heap that its network library has taken from the system. */
  long directBytes() throws IOException {
    tell("direct");
    return Long.parseLong(output.readLine());
  }

  /** Returns the process, for what the kernel counts. */
  MeasuredProcess process() {
    return measured;
  }

  @Override
  public void close() {
    measured.close();
  }
}
