package io.candlehub.launcher;

import io.candlehub.contract.RestContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The real program in a process of its own, as an operator starts it, with its local exchange on free ports. */
final class HubProcess implements AutoCloseable {
  static final Path JAR = Path.of(System.getProperty("candlehub.test.jar", "target/candlehub.jar"));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String READY = "candlehub ready ";

  private final Process process;
  private final Path log;
  private final BlockingQueue<String> lines;
  private final String url;
  private final String exchangeUrl;
  private final HttpClient http = HttpClient.newHttpClient();

  private HubProcess(
      Process process, Path log, BlockingQueue<String> lines, String url, String exchangeUrl) {
    this.process = process;
    this.log = log;
    this.lines = lines;
    this.url = url;
    this.exchangeUrl = exchangeUrl;
  }

  /** Starts the program and waits for the line that says it serves. */
  static HubProcess start(Path workFolder, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(workFolder, settings, Map.of());
  }

  /** Starts the program with variables in its environment and waits for the line that says it serves. */
  static HubProcess start(
      Path workFolder, Map<String, String> settings, Map<String, String> environment)
      throws IOException, InterruptedException {
    int exchangePort = FreePort.find();
    Map<String, String> all = new TreeMap<>(settings);
    all.putIfAbsent("http.port", "0");
    all.putIfAbsent("simulator.port", Integer.toString(exchangePort));
    all.putIfAbsent("store.data-dir", workFolder.resolve("data").toString());
    Path log = Files.createTempFile(workFolder, "candlehub", ".log");
    ProcessBuilder command = new ProcessBuilder(command(all)).redirectError(log.toFile());
    command.environment().putAll(environment);
    Process process = command.start();
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> readInto(process, lines), "stdout");
    reader.setDaemon(true);
    reader.start();
    String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new AssertionError("not ready: " + line + "\n" + Files.readString(log));
    }
    String exchange = "http://127.0.0.1:" + all.get("simulator.port");
    return new HubProcess(process, log, lines, line.substring(READY.length()), exchange);
  }

  static List<String> command(Map<String, String> settings) {
    List<String> command = new ArrayList<>(List.of(java(), "-jar", JAR.toString()));
    settings.forEach((key, value) -> {
      command.add("--set");
      command.add(key + "=" + value);
    });
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void readInto(Process process, BlockingQueue<String> lines) {
    try (BufferedReader reader = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("could not read: " + e.getMessage());
    }
    lines.add("ended");
  }

  String url() {
    return url;
  }

  String exchangeUrl() {
    return exchangeUrl;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Returns what it has written to standard output since it was ready. */
  String output() {
    return String.join("\n", lines);
  }

  /** Asks the program; an answer that is not documented fails. */
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(url + path)).GET(), headers);
    RestContract.check(
        "GET",
        path,
        answer.statusCode(),
        name -> answer.headers().firstValue(name).orElse(null),
        answer.body());
    return answer;
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws IOException, InterruptedException {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonObject json(String path) throws IOException, InterruptedException {
    return new JsonObject(get(path).body());
  }

  JsonObject exchange(String path) throws IOException, InterruptedException {
    return new JsonObject(
        send(HttpRequest.newBuilder(URI.create(exchangeUrl + path)).GET()).body());
  }

  JsonObject setClock(JsonObject change) throws IOException, InterruptedException {
    return new JsonObject(post("/sim/clock", change.encode()));
  }

  void faults(JsonObject... faults) throws IOException, InterruptedException {
    JsonArray list = new JsonArray();
    for (JsonObject fault : faults) {
      list.add(fault);
    }
    post("/sim/faults", list.encode());
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(exchangeUrl + path))
        .POST(HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> response = send(request, "Content-Type", "application/json");
    if (response.statusCode() >= 300) {
      throw new AssertionError(
          path + " " + body + " -> " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /** Asks the program to end as an operator would and returns its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
