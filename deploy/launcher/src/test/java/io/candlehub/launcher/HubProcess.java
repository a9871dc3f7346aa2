package io.candlehub.launcher;

import io.candlehub.contract.RestContract;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The real program in a process of its own, as an operator starts it, with its local exchange on free ports, of which it
 * asks one provider alone unless a test says otherwise.
 */
final class HubProcess implements AutoCloseable {
  static final Path JAR = Path.of(System.getProperty("candlehub.test.jar", "target/candlehub.jar"));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ServingProcess process;
  private final String url;
  private final ExchangeControl exchange;
  private final HttpClient http = HttpClient.newHttpClient();

  private HubProcess(ServingProcess process, String url, ExchangeControl exchange) {
    this.process = process;
    this.url = url;
    this.exchange = exchange;
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
    all.putIfAbsent("providers.order", "massive");
    all.putIfAbsent("simulator.port", Integer.toString(exchangePort));
    all.putIfAbsent("store.data-dir", workFolder.resolve("data").toString());
    Path log = Files.createTempFile(workFolder, "candlehub", ".log");
    ServingProcess process = ServingProcess.start(command(all), environment, log);
    String url = process.await("candlehub ready ", PATIENCE);
    String exchange = "http://127.0.0.1:" + all.get("simulator.port");
    return new HubProcess(process, url, new ExchangeControl(exchange));
  }

  static List<String> command(Map<String, String> settings) {
    return ServingProcess.command(ServingProcess.SHORT_LIVED, JAR, settings);
  }

  String url() {
    return url;
  }

  String exchangeUrl() {
    return exchange.url();
  }

  String log() throws IOException {
    return process.log();
  }

  /** Returns what it has written to standard output since it was ready. */
  String output() {
    return process.output();
  }

  /** Asks the program; an answer that is not documented fails. */
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    RestContract.check(
        "GET",
        path,
        answer.statusCode(),
        name -> answer.headers().firstValue(name).orElse(null),
        answer.body());
    return answer;
  }

  JsonObject json(String path) throws IOException, InterruptedException {
    return new JsonObject(get(path).body());
  }

  /** Returns the sum of a metric's series that have some tags, in the words of the page. */
  double metric(String name, String tags) throws IOException, InterruptedException {
    String start = Pattern.quote(name + "{") + "[^}]*" + Pattern.quote(tags) + "[^}]*} ";
    return Pattern.compile("^" + start + "(\\S+)$", Pattern.MULTILINE)
        .matcher(get("/metrics").body())
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  JsonObject exchange(String path) throws IOException, InterruptedException {
    return exchange.get(path);
  }

  JsonObject setClock(JsonObject change) throws IOException, InterruptedException {
    return exchange.setClock(change);
  }

  void faults(JsonObject... faults) throws IOException, InterruptedException {
    exchange.faults(faults);
  }

  /** Asks the program to end as an operator would and returns its exit code. */
  int terminate() throws InterruptedException {
    return process.terminate();
  }

  @Override
  public void close() {
    process.close();
  }
}
