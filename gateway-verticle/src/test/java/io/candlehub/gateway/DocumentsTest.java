package io.candlehub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.contract.EventContract;
import io.candlehub.contract.RestContract;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents have every route, parameter, event, error and address of the program, and no more. */
@Timeout(30)
class DocumentsTest {
  /** What one route of the dashboard serves besides the page itself. */
  private static final Set<String> FILES =
      Set.of("/openapi.yaml", "/asyncapi.yaml", "/{file}", "/sdk/{file}");

  private static final Pattern EVENT =
      Pattern.compile("\"((?:chart|live|chain|watchlist|flow|market|snapshot):[a-z]+)\"");
  private static final Pattern CLIENT_EVENT = Pattern.compile("\\bon\\(\\s*\"([a-z]+:[a-z]+)\"");
  private static final Pattern BRIDGE_ERROR = Pattern.compile("\\berror\\(\"([a-z_]+)\"\\)");

  /** What a frame is refused with because of its token. */
  private static final Set<String> OF_TOKENS =
      Set.of("FORBIDDEN", "LIMIT_EXCEEDED", "TOKEN_EXPIRED", "UNAUTHENTICATED");

  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void shouldHaveEveryRouteWithItsMethodsAndNoMore() {
    Map<String, Set<String>> routes = new TreeMap<>();
    for (Route route : gateway.routes()) {
      documentable(route).ifPresent(path -> {
        Set<String> methods = routes.computeIfAbsent(path, absent -> new TreeSet<>());
        Stream.ofNullable(route.methods())
            .flatMap(Set::stream)
            .filter(method -> !method.equals(HttpMethod.HEAD))
            .forEach(method -> methods.add(method.name()));
      });
    }
    routes.put("/", Set.of("GET"));
    FILES.forEach(file -> routes.put(file, Set.of("GET")));
    assertThat(RestContract.operations()).isEqualTo(routes);
  }

  /** Returns a route's path as the document writes it; routes for whole trees refuse what is not in it. */
  private static Optional<String> documentable(Route route) {
    return Optional.ofNullable(route.getPath())
        .filter(path -> route.isExactPath() && !path.startsWith("/eventbus"))
        .map(path -> path.replaceAll(":([a-z]+)", "{$1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/market/aggs",
        "/api/market/historical/{symbol}",
        "/api/market/options/chain/{ticker}",
        "/api/market/trades/{contract}",
        "/api/market/watchlist",
        "/api/market/indices",
        "/api/market/indicators/{symbol}",
        "/api/market/orderflow/{symbol}"
      })
  void shouldHaveEveryParameterThatIsKnown(String path) {
    String target = path.replaceAll("\\{[a-z]+}", "SPY") + "?unknown=1";
    String known = gateway.get(target).errorMessage().replaceFirst(".*known are ", "");
    Set<String> names = new TreeSet<>(List.of(known.split(", ")));
    Pattern.compile("\\{([a-z]+)}")
        .matcher(path)
        .results()
        .forEach(part -> names.add(part.group(1)));
    assertThat(RestContract.parameters(path, "GET").keySet()).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
  void shouldBeServed(String name) throws IOException {
    assertThat(gateway.get("/" + name).body().toString())
        .isEqualTo(Files.readString(Path.of("..", "docs", name)));
  }

  @Test
  void shouldHaveEveryEventAndNoMore() {
    Set<String> fromClients = found(CLIENT_EVENT, "live");
    Set<String> all = found(EVENT, "live");
    assertThat(EventContract.clientEvents()).isEqualTo(fromClients);
    all.removeAll(fromClients);
    assertThat(EventContract.serverEvents()).isEqualTo(all);
  }

  @Test
  void shouldNameClientEventsThatAreAnswered() {
    WireClient client = gateway.socketIo();
    int id = 0;
    for (String event : EventContract.clientEvents()) {
      client.emit(++id, event, arguments(event));
      assertThat(client.ack(id).getBoolean("ok")).as(event).isTrue();
    }
  }

  private static JsonObject arguments(String event) {
    return switch (event) {
      case "chain:focus" ->
        new JsonObject().put("underlying", "SPY").put("expiration", FakeMarket.DATES.get(0));
      case "snapshot:subscribe" -> new JsonObject();
      default ->
        new JsonObject()
            .put("symbol", "SPY")
            .put("timeframe", "1m")
            .put("tickers", new JsonArray().add("SPY"));
    };
  }

  @Test
  void shouldHaveEveryErrorOfTheBridgeAndNoMore() {
    Set<String> errors = found(BRIDGE_ERROR, "sockjs");
    errors.addAll(OF_TOKENS);
    assertThat(EventContract.bridgeErrors()).isEqualTo(errors);
  }

  @Test
  void shouldHaveEveryAddressAndNoMore() {
    Set<String> addresses = Arrays.stream(Addresses.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(DocumentsTest::text)
        .collect(Collectors.toCollection(TreeSet::new));
    addresses.addAll(List.of(
        "md.chart.{timeframe}.{symbol}",
        "md.quote.{symbol}",
        "md.trades.{symbol}",
        "md.chain.{symbol}"));
    Arrays.stream(Addresses.class.getMethods())
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .filter(method -> method.getReturnType().equals(String.class))
        .map(DocumentsTest::ofNode)
        .forEach(addresses::add);
    assertThat(EventContract.addresses()).isEqualTo(addresses);
  }

  private static String text(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String ofNode(Method address) {
    try {
      return (String) address.invoke(null, "{nodeId}");
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(address.getName(), e);
    }
  }

  private static Set<String> found(Pattern pattern, String folder) {
    Path sources = Path.of("src", "main", "java", "io", "candlehub", "gateway", folder);
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(DocumentsTest::content)
          .flatMap(text -> pattern.matcher(text).results())
          .map((MatchResult match) -> match.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
