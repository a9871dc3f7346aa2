package io.candlehub.simulator.control;

import io.candlehub.simulator.fault.Fault;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import io.candlehub.simulator.fault.FaultReader;
import io.candlehub.simulator.market.Drift;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.rest.Answer;
import io.candlehub.simulator.rest.ChainTruth;
import io.candlehub.simulator.rest.Truth;
import io.candlehub.simulator.stats.ConnectionStats;
import io.candlehub.simulator.stats.RequestStats;
import io.candlehub.simulator.stream.Sockets;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code /sim/*}. Confined to one event loop; the truth is found on worker threads. */
public final class ControlRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ControlRoutes.class);
  private static final long MOST_BODY_BYTES = 65_536;

  private final Context context;
  private final MarketView view;
  private final MarketTime time;
  private final ClockControl clock;
  private final FaultBoard faults;
  private final Sockets streams;
  private final ConnectionStats connections;
  private final RequestStats requests;
  private final Truth truth;
  private final ChainTruth chains;
  private final Set<String> halted = new HashSet<>();

  /** Creates the controls. */
  public ControlRoutes(
      Context context,
      MarketView view,
      MarketTime time,
      ClockControl clock,
      FaultBoard faults,
      Sockets streams,
      ConnectionStats connections,
      RequestStats requests,
      Truth truth) {
    this.context = context;
    this.view = view;
    this.time = time;
    this.clock = clock;
    this.faults = faults;
    this.streams = streams;
    this.connections = connections;
    this.requests = requests;
    this.truth = truth;
    this.chains = new ChainTruth(view);
  }

  /** Answers a request whose path starts with {@code /sim/}. */
  public void handle(HttpServerRequest request) {
    if (!isAllowed(request.remoteAddress().host(), request.method().name(), request.path())) {
      send(request, refusal(403, "only from this machine"));
      return;
    }
    body(request)
        .compose(body -> route(request, body))
        .recover(e -> {
          boolean malformed = e instanceof IllegalArgumentException;
          if (!malformed) {
            LOG.error("control failed [path: {}]", request.path(), e);
          }
          return Future.succeededFuture(
              refusal(malformed ? 400 : 500, malformed ? e.getMessage() : "internal error"));
        })
        .onSuccess(answer -> send(request, answer));
  }

  /** Nodes on other machines live on this market's clock; all else is for this machine. */
  static boolean isAllowed(String host, String method, String path) {
    String address = host == null ? "" : host.replaceFirst("%.*", "");
    boolean loopback =
        address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    return loopback || (method.equals("GET") && path.equals("/sim/clock"));
  }

  private static Future<Buffer> body(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length != null && length.length() < 18 && Long.parseLong(length) > MOST_BODY_BYTES) {
      return Future.failedFuture(new IllegalArgumentException("the body is too large"));
    }
    return request.body();
  }

  private Future<Answer> route(HttpServerRequest request, Buffer body) {
    String path = request.path();
    String method = request.method().name();
    Map<String, String> params = new HashMap<>();
    request.params().forEach(entry -> params.putIfAbsent(entry.getKey(), entry.getValue()));
    return switch (method + " " + path) {
      case "GET /sim/clock" -> answer(clock.toJson());
      case "POST /sim/clock" -> {
        clock.change(body);
        yield answer(clock.toJson());
      }
      case "GET /sim/stats" -> answer(stats());
      case "GET /sim/faults" -> answer(new JsonObject().put("faults", faults.toJson()));
      case "POST /sim/faults" -> answer(order(FaultReader.read(body)));
      case "DELETE /sim/faults" -> answer(order(List.of()));
      case "GET /sim/truth" ->
        context.executeBlocking(() -> truth.answer(params, time.millis()), false);
      case "GET /sim/chain" ->
        context.executeBlocking(() -> chains.answer(params, time.millis()), false);
      default -> Future.succeededFuture(refusal(404, "no such control: " + method + " " + path));
    };
  }

  private static Future<Answer> answer(JsonObject body) {
    return Future.succeededFuture(Answer.json(body));
  }

  private static Answer refusal(int status, String why) {
    return Answer.json(status, new JsonObject().put("error", why));
  }

  private JsonObject stats() {
    return new JsonObject()
        .put("connections", connections.toJson())
        .put("topics", streams.topics())
        .put("rest", requests.toJson());
  }

  private JsonObject order(List<Fault> ordered) {
    for (Fault fault : ordered) {
      if (fault.kind() == FaultKind.HALT
          && view.market().listing(fault.symbol()).isEmpty()) {
        throw new IllegalArgumentException("symbol = '" + fault.symbol() + "' is not listed");
      }
    }
    if (ordered.isEmpty()) {
      clear();
    }
    for (Fault fault : ordered) {
      if (fault.kind() == FaultKind.DRIFT) {
        drift(fault);
      } else if (fault.kind() == FaultKind.HALT) {
        halt(fault);
      }
      faults.add(fault);
      streams.commit(fault);
    }
    LOG.info("faults ordered [count: {}]", ordered.size());
    return new JsonObject().put("faults", faults.toJson());
  }

  private void halt(Fault fault) {
    long from = nextSecond();
    view.halt(fault.symbol(), new Halt(from, from + marketMillis(fault.limit())));
    halted.add(fault.symbol());
    streams.reload(fault.symbol()::equals, from);
  }

  private void drift(Fault fault) {
    long from = nextSecond();
    long millis = Math.max(1_000, marketMillis(fault.limit()));
    Drift drift = new Drift(from, from + millis, 1 + fault.percent() / 100);
    if (!view.market().drift(fault.symbol(), drift)) {
      throw new IllegalArgumentException("symbol = '" + fault.symbol() + "' cannot be moved: "
          + "only shares and funds of the synthetic market can");
    }
    streams.reload(ticker -> ticker.equals(fault.symbol()) || ticker.indexOf(':') > 0, from);
  }

  private long nextSecond() {
    return Math.floorDiv(time.millis(), 1_000L) * 1_000L + 1_000;
  }

  private long marketMillis(Fault.Limit limit) {
    double seconds =
        limit.marketSeconds() >= 0 ? limit.marketSeconds() : limit.seconds() * time.speed();
    return (long) (seconds * 1_000);
  }

  private void clear() {
    faults.clear();
    long from = nextSecond();
    view.endHalts(from);
    streams.reload(halted::contains, from);
    halted.clear();
  }

  private static void send(HttpServerRequest request, Answer answer) {
    if (!request.response().closed()) {
      request
          .response()
          .setStatusCode(answer.status())
          .putHeader("Content-Type", answer.contentType())
          .putHeader("Cache-Control", "no-store")
          .end(answer.body());
    }
  }
}
