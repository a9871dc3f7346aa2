package io.candlehub.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures 50,000 bars by REST: time to the last byte and requests per second of the server's processor time, beside
 * Express with {@code res.json} of the same array and with the array serialised once, one after the other in one run.
 */
@Command(
    name = "rest",
    description = "50,000 bars by REST, beside Node and Express.",
    mixinStandardHelpOptions = true)
final class RestBench implements Callable<Integer> {
  private static final int BARS = 50_000;
  private static final int DAYS = 70;
  private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 14);

  @Option(
      names = "--jar",
      defaultValue = "deploy/launcher/target/candlehub.jar",
      description = "The program.")
  private Path jar;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long to measure each server.")
  private int seconds;

  @Option(names = "--clients", defaultValue = "2", description = "Requests at a time.")
  private int clients;

  private record Result(String name, double medianMillis, double p99Millis, double perCpuSecond) {}

  @Override
  public Integer call() throws Exception {
    Path data = Files.createTempDirectory("candlehub-bench-bars");
    System.out.println("writing " + DAYS + " days of minutes");
    LocalDate first = GeneratedMinutes.write(data, LAST_DAY, DAYS);
    Vertx vertx = Vertx.vertx();
    List<Result> results = new ArrayList<>();
    try (ProgramProcess program = ProgramProcess.start(jar, settings(data))) {
      HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(clients + 1));
      String path = "/api/market/aggs?ticker=" + GeneratedMinutes.TICKER + "&timeframe=1m&limit="
          + BARS + "&from=" + first;
      Buffer answer = body(client, program.url() + path);
      int bars = answer.toJsonObject().getJsonArray("bars").size();
      System.out.printf("%d bars, %d bytes%n", bars, answer.length());
      if (bars != BARS) {
        throw new IOException("the program gave " + bars + " bars instead of " + BARS);
      }
      results.add(measure(
          "Candlehub",
          client,
          program.url() + path,
          answer.length(),
          program.process()::processorMillis));
      Path file = Files.writeString(data.resolve("answer.json"), answer.toString());
      try (ExpressProcess express = ExpressProcess.start(file)) {
        results.add(measure(
            "Express, `res.json`",
            client,
            express.url() + "/json",
            0,
            express.process()::processorMillis));
        results.add(measure(
            "Express, Buffer serialised once",
            client,
            express.url() + "/buffer",
            0,
            express.process()::processorMillis));
      }
    } finally {
      vertx.close().await();
    }
    print(results);
    return 0;
  }

  private static Map<String, String> settings(Path data) {
    return Map.of(
        "simulator.mode",
        "replay",
        "simulator.replay-path",
        data.toString(),
        "simulator.start",
        LAST_DAY + "T19:00:00-04:00",
        "simulator.speed",
        "1");
  }

  private static Buffer body(HttpClient client, String url) {
    return get(client, url).await();
  }

  private static Future<Buffer> get(HttpClient client, String url) {
    return client
        .request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url))
        .compose(request -> request.send())
        .compose(response -> response.statusCode() == 200
            ? response.body()
            : Future.failedFuture("status " + response.statusCode() + " of " + url));
  }

  private Result measure(
      String name, HttpClient client, String url, long bytes, Callable<Long> processorMillis)
      throws Exception {
    load(client, url, seconds / 2.0, new Histogram(3));
    Histogram times = new Histogram(3);
    long cpu = processorMillis.call();
    load(client, url, seconds, times);
    double used = (processorMillis.call() - cpu) / 1e3;
    System.out.printf(
        "%s: %d requests, %.2f s of processor time%s%n",
        name, times.getTotalCount(), used, bytes > 0 ? ", " + bytes + " bytes each" : "");
    return new Result(
        name,
        times.getValueAtPercentile(50) / 1e6,
        times.getValueAtPercentile(99) / 1e6,
        times.getTotalCount() / used);
  }

  /** Keeps so many requests in flight for a while and notes the time to each last byte. */
  private void load(HttpClient client, String url, double forSeconds, Histogram times) {
    AtomicBoolean over = new AtomicBoolean();
    long end = System.nanoTime() + (long) (forSeconds * TimeUnit.SECONDS.toNanos(1));
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      all.add(next(client, url, end, over, times));
    }
    Future.all(all).await();
  }

  private static Future<Void> next(
      HttpClient client, String url, long end, AtomicBoolean over, Histogram times) {
    long begun = System.nanoTime();
    if (begun >= end || over.get()) {
      return Future.succeededFuture();
    }
    return client
        .request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url))
        .compose(request -> request.send())
        .compose(response -> {
          response.handler(chunk -> {});
          return response.end();
        })
        .onFailure(failure -> over.set(true))
        .compose(done -> {
          synchronized (times) {
            times.recordValue(System.nanoTime() - begun);
          }
          return next(client, url, end, over, times);
        });
  }

  private static void print(List<Result> results) {
    double own = results.get(0).perCpuSecond;
    System.out.println(
        "| server | last byte, p50 | p99 | requests per processor second | Candlehub against it |");
    System.out.println("|---|---|---|---|---|");
    for (Result result : results) {
      System.out.printf(
          "| %s | %.1f ms | %.1f ms | %.1f | %.2f times |%n",
          result.name,
          result.medianMillis,
          result.p99Millis,
          result.perCpuSecond,
          own / result.perCpuSecond);
    }
  }
}
