package io.candlehub.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One of the official clients in a Node process (see src/test/clients), asked for what it holds. */
final class ClientProcess implements AutoCloseable {
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private ClientProcess(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static ClientProcess socketIo(String url, String symbol, String... timeframes)
      throws IOException {
    return start("socketio-chart.mjs", url, symbol, timeframes);
  }

  static ClientProcess bridge(String url, String symbol, String... timeframes) throws IOException {
    return start("bridge-chart.mjs", url, symbol, timeframes);
  }

  /** Starts clients that look at one expiration, the first of them with a contract selected. */
  static ClientProcess chain(
      String url, String underlying, String expiration, int clients, String contract)
      throws IOException {
    return start(
        "chain-watch.mjs", url, underlying, expiration, Integer.toString(clients), contract);
  }

  private static ClientProcess start(String script, String url, String symbol, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(url, symbol));
    arguments.addAll(Arrays.asList(more));
    return new ClientProcess(NodeClient.start(Map.of(), script, arguments));
  }

  /** Returns all that the client holds now. */
  JsonObject dump() throws IOException {
    return tell("dump");
  }

  /** Tells the client to do something and returns what it holds then. */
  JsonObject tell(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("client ended with " + process.onExit().join().exitValue());
    }
    return new JsonObject(answer);
  }

  /** Returns the bars of one chart, empty before its snapshot. */
  List<JsonObject> bars(String timeframe) throws IOException {
    JsonObject chart = dump().getJsonObject("charts").getJsonObject(timeframe);
    return chart == null ? List.of() : list(chart.getJsonArray("bars"));
  }

  static List<JsonObject> list(JsonArray array) {
    List<JsonObject> list = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      list.add(array.getJsonObject(i));
    }
    return list;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
