package io.candlehub.simulator.tradier;

import io.candlehub.simulator.fault.Fault;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.rest.AggsEngine;
import io.candlehub.simulator.rest.Answer;
import io.candlehub.simulator.rest.Damage;
import io.candlehub.simulator.stats.RequestStats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second provider's REST server: checks token and rate, commits the faults in force, and has documents made on worker
 * threads; XML unless JSON is asked for. Confined to one event loop.
 */
public final class TradierServer {
  /** Start of all its paths. */
  public static final String ROOT = "/v1/markets/";

  private static final Logger LOG = LoggerFactory.getLogger(TradierServer.class);
  private static final String SESSION = ROOT + "events/session";
  private static final String OTHER = "(other)";
  private static final int MOST_BODY_BYTES = 1 << 20;

  private final Context context;
  private final MarketTime time;
  private final String token;
  private final FaultBoard faults;
  private final RequestStats stats;
  private final TradierSockets sockets;
  private final RateLimit limit;
  private final Damage damage;
  private final Map<String, Function<Request, JsonObject>> routes;

  /**
   * Creates the server.
   *
   * @param context its event loop
   * @param view the market
   * @param engine its aggregates
   * @param time the market clock
   * @param rules what it enforces
   * @param faults the faults in force
   * @param stats counts the requests
   * @param sockets gives out the streaming sessions
   * @param wallClock wall time in epoch millis
   */
  public TradierServer(
      Context context,
      MarketView view,
      AggsEngine engine,
      MarketTime time,
      TradierRules rules,
      FaultBoard faults,
      RequestStats stats,
      TradierSockets sockets,
      LongSupplier wallClock) {
    this.context = context;
    this.time = time;
    this.token = rules.token();
    this.faults = faults;
    this.stats = stats;
    this.sockets = sockets;
    this.limit = new RateLimit(rules.requestsPerMinute(), wallClock);
    this.damage = new Damage(faults);
    Symbols symbols = new Symbols(view.market());
    OptionDocuments options = new OptionDocuments(view, symbols);
    HistoryDocuments history = new HistoryDocuments(view, engine, symbols);
    CalendarDocuments calendar = new CalendarDocuments(view.calendar());
    SecurityDocuments securities = new SecurityDocuments(view);
    this.routes = Map.ofEntries(
        Map.entry(ROOT + "quotes", options::quotes),
        Map.entry(ROOT + "options/chains", options::chains),
        Map.entry(ROOT + "options/expirations", options::expirations),
        Map.entry(ROOT + "options/strikes", options::strikes),
        Map.entry(ROOT + "options/lookup", options::lookup),
        Map.entry(ROOT + "history", history::history),
        Map.entry(ROOT + "timesales", history::timesales),
        Map.entry(ROOT + "search", securities::search),
        Map.entry(ROOT + "lookup", securities::lookup),
        Map.entry(ROOT + "clock", calendar::clock),
        Map.entry(ROOT + "calendar", calendar::calendar));
  }

  /** Answers a request whose path starts with {@link #ROOT}. */
  public void handle(HttpServerRequest request) {
    String path = request.path();
    boolean known = routes.containsKey(path) || path.equals(SESSION);
    String template = known ? path : OTHER;
    stats.asked(template);
    request
        .body()
        .onFailure(e -> LOG.debug("request broken off [path: {}]", path, e))
        .onSuccess(body -> {
          long slow = faults
              .strike(FaultKind.SLOW, fault -> fault.concernsPath(path))
              .map(Fault::millis)
              .orElse(0L);
          if (slow > 0) {
            context.owner().setTimer(slow, fired -> answer(request, body, template));
          } else {
            answer(request, body, template);
          }
        });
  }

  private void answer(HttpServerRequest request, Buffer body, String template) {
    String path = request.path();
    Optional<Fault> limited =
        faults.strike(FaultKind.RATE_LIMIT, fault -> fault.concernsPath(path));
    if (limited.isPresent() && limited.get().retryAfterSeconds() >= 0) {
      request.response().putHeader("Retry-After", "" + limited.get().retryAfterSeconds());
    }
    Optional<Fault> broken = faults.strike(FaultKind.ERROR, fault -> fault.concernsPath(path));
    if (limited.isPresent()) {
      send(request, template, plain(429, "Quota Violation"));
    } else if (broken.isPresent()) {
      send(request, template, plain(broken.get().status(), "Fault"));
    } else if (!("Bearer " + token).equals(request.getHeader("Authorization")) || isRefused(path)) {
      send(request, template, plain(401, "Invalid Access Token"));
    } else if (!limit.take()) {
      limit.tell(request.response());
      send(request, template, plain(429, "Quota Violation"));
    } else {
      limit.tell(request.response());
      granted(request, body, template);
    }
  }

  private boolean isRefused(String path) {
    return path.equals(SESSION)
        && faults
            .strike(FaultKind.REFUSE_AUTH, fault -> fault.concernsMarket(TradierSockets.MARKET))
            .isPresent();
  }

  private void granted(HttpServerRequest request, Buffer body, String template) {
    String path = request.path();
    String method = request.method().name();
    if (path.equals(SESSION) && method.equals("POST")) {
      JsonObject stream = new JsonObject()
          .put("url", "http://" + request.authority() + ROOT + "events")
          .put("sessionid", sockets.newSession());
      send(request, template, document(request, new JsonObject().put("stream", stream)));
      return;
    }
    Function<Request, JsonObject> route = routes.get(path);
    boolean allowed = method.equals("GET") || (method.equals("POST") && path.endsWith("/quotes"));
    if (route == null || !allowed || body.length() > MOST_BODY_BYTES) {
      send(request, template, plain(404, "Not Found"));
      return;
    }
    Request asked = new Request(params(request, body), time.millis());
    compute(route, asked)
        .map(made -> made.status() == 200 ? converted(request, damage.of(made, path)) : made)
        .onFailure(e -> {
          LOG.error("request failed [path: {}]", path, e);
          send(request, template, plain(500, "Fault"));
        })
        .onSuccess(made -> send(request, template, made));
  }

  private Future<Answer> compute(Function<Request, JsonObject> route, Request asked) {
    return context.executeBlocking(
        () -> {
          try {
            return Answer.json(route.apply(asked));
          } catch (Request.Refused e) {
            return plain(400, e.getMessage());
          }
        },
        false);
  }

  private static Answer converted(HttpServerRequest request, Answer json) {
    return wantsJson(request) ? json : document(request, new JsonObject(json.body()));
  }

  private static boolean wantsJson(HttpServerRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("application/json");
  }

  private static Answer document(HttpServerRequest request, JsonObject body) {
    return wantsJson(request)
        ? Answer.json(body)
        : new Answer(200, Xml.of(body), "application/xml");
  }

  private static Answer plain(int status, String text) {
    return new Answer(status, text, "text/plain;charset=utf-8");
  }

  private static Map<String, String> params(HttpServerRequest request, Buffer body) {
    Map<String, String> params = new HashMap<>();
    request.params().forEach(entry -> params.putIfAbsent(entry.getKey(), entry.getValue()));
    if (request.method().name().equals("POST")) {
      for (String pair : body.toString(StandardCharsets.UTF_8).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          params.putIfAbsent(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return params;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private void send(HttpServerRequest request, String template, Answer answer) {
    stats.answered(template, answer.status());
    if (!request.response().closed() && !request.response().ended()) {
      request
          .response()
          .setStatusCode(answer.status())
          .putHeader("Content-Type", answer.contentType())
          .end(answer.body());
    }
  }
}
