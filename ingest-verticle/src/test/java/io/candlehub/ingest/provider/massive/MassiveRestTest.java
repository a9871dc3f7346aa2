package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.Split;
import io.candlehub.model.Instrument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MassiveRestTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final long TEN = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();
  private static final HistoryQuery MINUTES =
      new HistoryQuery(SPY, HistoryUnit.MINUTE, TEN, TEN + 3_600_000);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Vertx vertx;
  private FakeRest server;
  private Context context;
  private MassiveRest rest;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server = new FakeRest(vertx);
    server.start();
    open("massive.request-timeout", "5");
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void shouldAskForRawAscendingBarsWithTheKeyInTheHeaderOnly() {
    server.answer(200, page("", row(0, 650), row(1, 651)));

    History history = run(() -> rest.history(MINUTES, new Errand(Priority.CHART)));

    assertThat(server.requests().get(0).uri())
        .isEqualTo("/v2/aggs/ticker/SPY/range/1/minute/" + TEN + "/" + (TEN + 3_600_000)
            + "?adjusted=false&sort=asc&limit=50000");
    assertThat(server.requests().get(0).getHeader("Authorization")).isEqualTo("Bearer test-key");
    assertThat(server.requests().get(0).getHeader("Accept-Encoding")).contains("gzip");
    assertThat(history.askedAtMillis()).isEqualTo(TEN + 1_800_000);
    assertThat(history.bars().size()).isEqualTo(2);
    assertThat(history.bars().startMillis(1)).isEqualTo(TEN + 60_000);
    assertThat(history.bars().close(1)).isEqualTo(651);
    assertThat(history.bars().volume(0)).isEqualTo(38800.5);
    assertThat(history.bars().trades(0)).isEqualTo(471);
  }

  @Test
  void shouldFollowEveryPageWithTheKey() {
    server.answer(request -> {
      String next = "\"next_url\":\"" + server.url() + "/v2/aggs/next?cursor=abc%3D\",";
      boolean first = !request.uri().contains("cursor");
      request.response().end(first ? page(next, row(0, 650)) : page("", row(0, 650), row(1, 651)));
    });

    History history = run(() -> rest.history(MINUTES, new Errand(Priority.CHART)));

    assertThat(history.bars().size()).isEqualTo(2);
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).uri()).isEqualTo("/v2/aggs/next?cursor=abc%3D");
    assertThat(server.requests().get(1).getHeader("Authorization")).isEqualTo("Bearer test-key");
    assertThat(violations("duplicate")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:1/x", "https://127.0.0.1/x", "http://a@127.0.0.1/", ":"})
  void shouldNotCarryTheKeyToAnotherHost(String next) {
    server.answer(200, page("\"next_url\":\"" + next + "\",", row(0, 650)));

    assertThat(failure(() -> rest.history(MINUTES, new Errand(Priority.CHART))).code())
        .isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldDropAndCountRowsThatAreNoBars() {
    server.answer(
        200,
        page(
            "",
            row(0, 650),
            "{\"t\":1,\"o\":\"1\"}",
            "{\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"v\":1}",
            row(2, 651).replace("\"h\":651", "\"h\":600"),
            row(2, 651).replace("\"t\":" + (TEN + 120_000), "\"t\":" + (TEN + 120_001)),
            row(-1, 649),
            row(3, 652),
            row(3, 652),
            row(100, 700),
            "[1,{\"t\":2}]",
            "5"));

    History history = run(() -> rest.history(MINUTES, new Errand(Priority.CHART)));

    assertThat(history.bars().size()).isEqualTo(2);
    assertThat(violations("wrong-type")).isEqualTo(1);
    assertThat(violations("missing-field")).isEqualTo(1);
    assertThat(violations("high-below-price")).isEqualTo(1);
    assertThat(violations("bad-time")).isEqualTo(1);
    assertThat(violations("not-ascending")).isEqualTo(1);
    assertThat(violations("duplicate")).isEqualTo(1);
    assertThat(violations("malformed")).isEqualTo(2);
  }

  @Test
  void shouldTakeDelayedAndEmptyAnswersForGoodOnes() {
    server.answer(200, "{\"status\":\"DELAYED\",\"resultsCount\":0,\"queryCount\":0}");

    assertThat(
            run(() -> rest.history(MINUTES, new Errand(Priority.CHART))).bars().size())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|{\"status\":\"ERROR\",\"error\":\"Unknown API Key\"}|PROVIDER_ERROR",
        "403|{\"status\":\"NOT_AUTHORIZED\",\"message\":\"upgrade\"}|NOT_ENTITLED",
        "404|{\"status\":\"NOT_FOUND\",\"message\":\"Ticker not found.\"}|UNKNOWN_INSTRUMENT",
        "404|404 page not found|PROVIDER_ERROR",
        "400|{\"status\":\"ERROR\",\"error\":\"Could not parse\"}|PROVIDER_ERROR",
        "500|<html>oops</html>|PROVIDER_ERROR",
        "503|''|PROVIDER_ERROR",
        "302|''|PROVIDER_ERROR",
        "200|<html>hello</html>|PROVIDER_ERROR",
        "200|{\"results\":[{\"t\":1|PROVIDER_ERROR",
        "200|[]|PROVIDER_ERROR",
        "200|''|PROVIDER_ERROR",
        "200|{} {}|PROVIDER_ERROR",
        "200|{\"status\":\"ERROR\",\"error\":\"x\"}|PROVIDER_ERROR"
      })
  void shouldMapAnswersToFailuresWithoutTheProvidersWords(int status, String body, Failure code) {
    server.answer(status, body);

    FailureException failure = failure(() -> rest.history(MINUTES, new Errand(Priority.CHART)));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).doesNotContain("Key").doesNotContain("upgrade");
  }

  @Test
  void shouldTimeOutOnAnAnswerThatNeverComes() {
    open("massive.request-timeout", "0.2");
    server.answer(request -> {});

    assertThat(failure(() -> rest.history(MINUTES, new Errand(Priority.CHART))).code())
        .isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(registry
            .get("candlehub.ingest.rest.requests")
            .tag("outcome", "timeout")
            .counter()
            .count())
        .isEqualTo(1);
  }

  @Test
  void shouldTimeOutOnAnAnswerThatDrips() {
    open("massive.request-timeout", "0.3");
    server.answer(request -> {
      request.response().setChunked(true).write("{\"results\":[");
      vertx.setPeriodic(
          30, timer -> request.response().write(" ").onFailure(closed -> vertx.cancelTimer(timer)));
    });

    assertThat(failure(() -> rest.history(MINUTES, new Errand(Priority.CHART))).code())
        .isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldFailWhenNobodyListens() {
    open("massive.rest-url", "http://127.0.0.1:1");

    assertThat(failure(() -> rest.history(MINUTES, new Errand(Priority.CHART))).code())
        .isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldHonourRetryAfterAndAskNobodyMeanwhile() {
    server.answer(request ->
        request.response().setStatusCode(429).putHeader("Retry-After", "7").end());

    FailureException first = failure(() -> rest.history(MINUTES, new Errand(Priority.CHART)));
    FailureException second = failure(() -> rest.splits(SPY));

    assertThat(first.code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(first.retryAfterMillis()).isBetween(6_000L, 7_000L);
    assertThat(second.code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(second.retryAfterMillis()).isBetween(5_000L, 7_000L);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldCoolDownWithoutRetryAfter() {
    server.answer(429, "{\"status\":\"ERROR\",\"error\":\"You've exceeded\"}");

    assertThat(failure(() -> rest.history(MINUTES, new Errand(Priority.CHART))).retryAfterMillis())
        .isBetween(12_000L, 18_000L);
  }

  @Test
  void shouldReadDayBarsAtNewYorkMidnight() {
    long midnight = Instant.parse("2025-12-01T05:00:00Z").toEpochMilli();
    HistoryQuery days = new HistoryQuery(SPY, HistoryUnit.DAY, midnight, midnight);
    server.answer(
        200, page("", row(0, 650).replace("\"t\":" + TEN, "\"t\":" + midnight), row(1, 651)));

    assertThat(run(() -> rest.history(days, new Errand(Priority.READER))).bars().startMillis(0))
        .isEqualTo(midnight);
    assertThat(violations("bad-time")).isEqualTo(1);
  }

  @Test
  void shouldRankExactSymbolFirstInSearch() {
    server.answer(
        200,
        "{\"results\":[" + ticker("AASP") + "," + ticker("SP") + "," + ticker("SPY")
            + ",{\"ticker\":\"bad symbol\"},{\"name\":\"x\"}],\"status\":\"OK\"}");

    assertThat(run(() -> rest.search("sp", 2)))
        .extracting(Listing::instrument)
        .containsExactly(Instrument.of("SP"), SPY);
    assertThat(server.requests().get(0).uri()).endsWith("&search=sp");
  }

  @Test
  void shouldEscapeWhatTheUserTyped() {
    server.answer(200, "{\"results\":[]}");

    assertThat(run(() -> rest.search("a&limit=1 #?%", 5))).isEmpty();

    assertThat(server.requests().get(0).getParam("search")).isEqualTo("a&limit=1 #?%");
    assertThat(failure(() -> rest.listing(Instrument.of(".."))).code())
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldReadOneListing() {
    server.answer(200, "{\"results\":" + ticker("BRK.B") + ",\"status\":\"OK\"}");

    Listing listing = run(() -> rest.listing(Instrument.of("BRK.B")));

    assertThat(listing)
        .isEqualTo(new Listing(Instrument.of("BRK.B"), "Name of BRK.B", "CS", "XNYS"));
    assertThat(server.requests().get(0).path()).isEqualTo("/v3/reference/tickers/BRK.B");
  }

  @Test
  void shouldReadSplitsOldestFirst() {
    server.answer(
        200,
        "{\"results\":["
            + "{\"execution_date\":\"2024-06-10\",\"split_from\":1,\"split_to\":10,\"ticker\":\"X\"},"
            + "{\"execution_date\":\"2014-06-09\",\"split_from\":1.0,\"split_to\":7},"
            + "{\"execution_date\":\"soon\",\"split_from\":1,\"split_to\":7},"
            + "{\"execution_date\":\"2013-06-09\",\"split_from\":0,\"split_to\":7},"
            + "{\"split_from\":1,\"split_to\":7}]}");

    assertThat(run(() -> rest.splits(SPY)))
        .containsExactly(
            new Split(LocalDate.of(2014, 6, 9), 1, 7), new Split(LocalDate.of(2024, 6, 10), 1, 10));
  }

  @Test
  void shouldNeverThrowOnMutatedAnswers() {
    Random random = new Random(7);
    byte[] good =
        page("\"next_url\":\"x\",", row(0, 650), row(1, 651)).getBytes(StandardCharsets.UTF_8);
    FeedMeters meters = new FeedMeters(registry, "massive");
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int cut = random.nextInt(bytes.length);
      ResultsReader reader = new ResultsReader(new BarRows(MINUTES, meters));
      reader.feed(Buffer.buffer(bytes).slice(0, cut));
      reader.feed(Buffer.buffer(bytes).slice(cut, bytes.length));
      reader.finish();
      assertThat(reader.status()).isNotNull();
    }
  }

  private void open(String key, String value) {
    Map<String, String> values =
        new HashMap<>(Map.of("massive.api-key", "test-key", "massive.rest-url", server.url()));
    values.put(key, value);
    MassiveConfig config = MassiveConfig.from(values);
    context = vertx.getOrCreateContext();
    Promise<MassiveRest> opened = Promise.promise();
    context.runOnContext(ignored -> {
      ProviderContext surroundings = new ProviderContext(
          vertx,
          new MovableClock(TEN + 1_800_000),
          InstantSource.system(),
          System::nanoTime,
          new VertxScheduler(vertx),
          () -> 0.5,
          events -> {},
          alert -> {},
          new FeedMeters(registry, "massive"));
      RestPages pages = new RestPages(config, surroundings);
      opened.complete(new MassiveRest(pages, surroundings.meters()));
    });
    rest = opened.future().await();
  }

  private <T> T run(Supplier<Future<T>> request) {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(ignored -> request.get().onComplete(outcome));
    return outcome.future().await();
  }

  private <T> FailureException failure(Supplier<Future<T>> request) {
    return (FailureException) catchThrowable(() -> run(request));
  }

  private double violations(String kind) {
    return registry
        .get("candlehub.ingest.violations")
        .tag("kind", kind)
        .counter()
        .count();
  }

  private static String page(String extra, String... rows) {
    return "{\"ticker\":\"SPY\",\"adjusted\":false,\"queryCount\":2,\"resultsCount\":2,"
        + "\"meta\":{\"results\":[{\"t\":5}]}," + extra
        + "\"results\":[" + String.join(",", rows) + "],\"status\":\"OK\",\"request_id\":\"x\"}";
  }

  private static String row(int minute, double price) {
    String p = Integer.toString((int) price);
    return "{\"v\":38800.5,\"vw\":" + p + ".1,\"o\":" + p + ",\"c\":" + p + ",\"h\":" + p
        + ",\"l\":" + p + ",\"t\":" + (TEN + minute * 60_000L)
        + ",\"n\":471,\"future\":{\"a\":[1,2]}}";
  }

  private static String ticker(String symbol) {
    return "{\"ticker\":\"" + symbol + "\",\"name\":\"Name of " + symbol
        + "\",\"market\":\"stocks\",\"type\":\"CS\",\"primary_exchange\":\"XNYS\",\"active\":true}";
  }
}
