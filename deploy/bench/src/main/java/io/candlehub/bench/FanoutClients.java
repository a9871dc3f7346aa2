package io.candlehub.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process with the clients, seen from outside. */
final class FanoutClients implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final MeasuredProcess measured;
  private final BufferedReader output;
  private final BufferedWriter input;

  private FanoutClients(Process process) {
    this.measured = new MeasuredProcess(process);
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  static FanoutClients start() throws IOException {
    return start("fanout-clients");
  }

  /** Starts the clients of a command of this program. */
  static FanoutClients start(String command) throws IOException {
    return new FanoutClients(
        new ProcessBuilder(Cores.LOAD.command(Cores.ownCommand("-Xmx1g", List.of(command))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Connects clients and waits until each has a session. */
  void open(LoadDialect dialect, int port, int clients, List<String> symbols)
      throws IOException, InterruptedException {
    ask(new JsonObject()
        .put("do", "open")
        .put("dialect", dialect.name())
        .put("port", port)
        .put("clients", clients)
        .put("symbols", new JsonArray(symbols)));
    await("joined", clients);
  }

  /** Lets every client follow its stream and waits until each has been told that it does. */
  void follow(int clients) throws IOException, InterruptedException {
    ask("follow");
    await("following", clients);
  }

  /** Makes the clients sleep so long between looks at the network; 0 for not at all. */
  void nap(long millis) throws IOException {
    ask(new JsonObject().put("do", "nap").put("millis", millis));
  }

  /** Forgets what was received. */
  void reset() throws IOException {
    ask("reset");
  }

  /** Returns what was received since the reset. */
  JsonObject counts() throws IOException {
    return ask("counts");
  }

  /** Waits until a count has come to a number. */
  JsonObject await(String count, int wanted) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    JsonObject counts = counts();
    while (counts.getInteger(count) < wanted) {
      if (counts.getInteger("failed") + counts.getInteger("closed") > 0
          || System.nanoTime() > giveUp) {
        throw new IOException(wanted + " clients should be " + count + ": " + counts.encode());
      }
      pause(LOOK_MILLIS);
      counts = counts();
    }
    return counts;
  }

  /** Returns the process, for what the kernel counts. */
  MeasuredProcess process() {
    return measured;
  }

  /** Closes every connection and gives the server time to notice. */
  void disconnect() throws IOException, InterruptedException {
    ask("close");
    pause(TimeUnit.SECONDS.toMillis(1));
  }

  JsonObject ask(String command) throws IOException {
    return ask(new JsonObject().put("do", command));
  }

  /** Hands over a command and returns the counts after it. */
  JsonObject ask(JsonObject command) throws IOException {
    input.write(command.encode() + '\n');
    input.flush();
    String answer = output.readLine();
    if (answer == null) {
      throw new IOException("the clients' process has ended");
    }
    return new JsonObject(answer);
  }

  static void pause(long millis) throws InterruptedException {
    if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("nobody counts down");
    }
  }

  @Override
  public void close() {
    measured.close();
  }
}
