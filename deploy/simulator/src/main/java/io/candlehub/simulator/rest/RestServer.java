package io.candlehub.simulator.rest;

import io.candlehub.simulator.fault.Fault;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.stats.RequestStats;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider's REST server: checks the key, commits the faults in force, and has documents made on worker threads.
 * Confined to one event loop.
 */
public final class RestServer {
  private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
  private static final long DELAY_MILLIS = 15 * 60_000L;
  private static final String OTHER = "(other)";

  private final Context context;
  private final MarketTime time;
  private final RestRules rules;
  private final FaultBoard faults;
  private final RequestStats stats;
  private final Routes routes;
  private final Damage damage;
  private long requests;

  /** Creates the server. */
  public RestServer(
      Context context,
      MarketView view,
      AggsEngine engine,
      MarketTime time,
      RestRules rules,
      FaultBoard faults,
      RequestStats stats) {
    this.context = context;
    this.time = time;
    this.rules = rules;
    this.faults = faults;
    this.stats = stats;
    this.routes = new Routes(view, engine);
    this.damage = new Damage(faults);
  }

  /** Answers a request. */
  public void handle(HttpServerRequest request) {
    String requestId = requestId();
    request.response().putHeader("X-Request-Id", requestId);
    String question = request.uri();
    stats.opened(question);
    request.response().endHandler(ended -> stats.closed(question));
    Optional<Routes.Match> match;
    try {
      match = routes.match(request.path());
    } catch (BadRequest e) {
      stats.asked(OTHER);
      send(request, OTHER, Answer.error(400, requestId, e.getMessage()));
      return;
    }
    String template = match.map(found -> found.route().template()).orElse(OTHER);
    stats.asked(template);
    String path = request.path();
    long slow = faults
        .strike(FaultKind.SLOW, fault -> fault.concernsPath(path))
        .map(Fault::millis)
        .orElse(0L);
    if (slow > 0) {
      context.owner().setTimer(slow, fired -> answer(request, match, template, requestId));
    } else {
      answer(request, match, template, requestId);
    }
  }

  private String requestId() {
    requests++;
    return String.format("%032x", requests * 0x9E3779B97F4A7C15L);
  }

  private void answer(
      HttpServerRequest request, Optional<Routes.Match> match, String template, String requestId) {
    String path = request.path();
    Optional<Fault> limited =
        faults.strike(FaultKind.RATE_LIMIT, fault -> fault.concernsPath(path));
    if (limited.isPresent()) {
      if (limited.get().retryAfterSeconds() >= 0) {
        request.response().putHeader("Retry-After", "" + limited.get().retryAfterSeconds());
      }
      send(request, template, Answer.fault(429, requestId));
      return;
    }
    Optional<Fault> broken = faults.strike(FaultKind.ERROR, fault -> fault.concernsPath(path));
    if (broken.isPresent()) {
      send(request, template, Answer.fault(broken.get().status(), requestId));
      return;
    }
    Optional<String> key = key(request);
    if (key.isEmpty() || !key.get().equals(rules.apiKey())) {
      String why = key.isEmpty() ? "API Key was not provided" : "Unknown API Key";
      send(request, template, Answer.error(401, requestId, why));
      return;
    }
    if (match.isEmpty()) {
      send(request, template, Answer.noRoute());
      return;
    }
    compute(request, match.get(), template, requestId);
  }

  private void compute(
      HttpServerRequest request, Routes.Match match, String template, String requestId) {
    boolean delayed = rules.delayedPlan()
        || faults
            .strike(FaultKind.DELAYED_ONLY, fault -> fault.concernsPath(request.path()))
            .isPresent();
    Ask ask;
    try {
      ask = new Ask(
          "http://" + (request.authority() == null ? request.localAddress() : request.authority()),
          match.variables(),
          query(request),
          requestId,
          time.millis() - (delayed ? DELAY_MILLIS : 0),
          delayed);
    } catch (BadRequest e) {
      send(request, template, Answer.error(400, requestId, e.getMessage()));
      return;
    }
    context
        .executeBlocking(() -> document(match, ask), false)
        .onFailure(e -> {
          LOG.error("request failed [path: {}]", request.path(), e);
          send(request, template, Answer.fault(500, requestId));
        })
        .onSuccess(answer -> send(request, template, damage.of(answer, request.path())));
  }

  private static Answer document(Routes.Match match, Ask ask) {
    try {
      return match.route().handler().apply(ask);
    } catch (BadRequest e) {
      return Answer.error(400, ask.requestId(), e.getMessage());
    }
  }

  private static Optional<String> key(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null && header.startsWith("Bearer ")) {
      return Optional.of(header.substring(7).strip());
    }
    return Optional.ofNullable(request.getParam("apiKey"));
  }

  private static Map<String, String> query(HttpServerRequest request) {
    Map<String, String> query = new HashMap<>();
    request.params().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
    String cursor = query.remove("cursor");
    if (cursor != null) {
      decodeCursor(cursor, query);
    }
    return query;
  }

  private static void decodeCursor(String cursor, Map<String, String> into) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
          into.putIfAbsent(pair.substring(0, equals), value);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new BadRequest("The parameter 'cursor' could not be parsed.");
    }
  }

  private void send(HttpServerRequest request, String template, Answer answer) {
    stats.answered(template, answer.status());
    if (request.response().closed() || request.response().ended()) {
      return;
    }
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        .end(answer.body());
  }
}
