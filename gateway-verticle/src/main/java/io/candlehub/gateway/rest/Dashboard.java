package io.candlehub.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Serves the page's files, and the browser SDK's below {@code /sdk/}, from the class path folder {@code webroot}. Files
 * are read once and kept; names that are not plain or have no known type are not looked for, so nothing but these files
 * can be asked for. They hold no data, so everybody may load them: a browser cannot show a token before it has the page.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class Dashboard implements Handler<RoutingContext> {
  private static final Pattern PLAIN = Pattern.compile(
      "(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}/){0,4}[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}");

  private static final Map<String, String> TYPES = Map.ofEntries(
      Map.entry("html", "text/html; charset=utf-8"),
      Map.entry("js", "text/javascript; charset=utf-8"),
      Map.entry("ts", "text/plain; charset=utf-8"),
      Map.entry("css", "text/css; charset=utf-8"),
      Map.entry("json", "application/json; charset=utf-8"),
      Map.entry("map", "application/json; charset=utf-8"),
      Map.entry("webmanifest", "application/manifest+json"),
      Map.entry("yaml", "application/yaml; charset=utf-8"),
      Map.entry("txt", "text/plain; charset=utf-8"),
      Map.entry("svg", "image/svg+xml"),
      Map.entry("png", "image/png"),
      Map.entry("ico", "image/x-icon"),
      Map.entry("woff2", "font/woff2"));

  private static final String NOT_BUILT = """
      Candlehub is running, but its dashboard was not built into this jar (that needs Node.js and npm).
      Build it with them installed, or use the API: /api/market/status, /socket.io/, /eventbus.
      """;

  private record Asset(Buffer bytes, String type, String tag) {}

  private final Vertx vertx;
  private final Map<String, Future<Asset>> assets = new HashMap<>();

  /** Creates the pages of the class path of the caller. */
  public Dashboard(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Adds the page's files; to be mounted ahead of the routes that need a caller, which get what is no file of it. */
  public void mount(Router router) {
    router.route("/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this);
  }

  /** Adds the refusal of what no route has answered. */
  public static void mountEnd(Router router) {
    router.route("/").handler(ctx -> {
      ctx.response().putHeader("Allow", "GET, HEAD");
      ctx.fail(405);
    });
    router.route().handler(ctx -> ctx.fail(404));
  }

  @Override
  public void handle(RoutingContext ctx) {
    String path = ctx.normalizedPath().substring(1);
    String name = path.isEmpty() ? "index.html" : path;
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !PLAIN.matcher(name).matches()) {
      ctx.next();
      return;
    }
    asset(name, type).onSuccess(asset -> send(ctx, asset)).onFailure(missing -> {
      if (path.isEmpty()) {
        ctx.response().putHeader("Content-Type", "text/plain; charset=utf-8").end(NOT_BUILT);
      } else {
        ctx.next();
      }
    });
  }

  private Future<Asset> asset(String name, String type) {
    Future<Asset> known = assets.get(name);
    if (known != null) {
      return known;
    }
    Future<Asset> read = vertx
        .fileSystem()
        .readFile("webroot/" + name)
        .map(bytes -> new Asset(bytes, type, tag(bytes)));
    return read.onSuccess(asset -> assets.put(name, read));
  }

  private static void send(RoutingContext ctx, Asset asset) {
    ctx.response().putHeader("ETag", asset.tag).putHeader("Cache-Control", "no-cache");
    if (asset.tag.equals(ctx.request().getHeader("If-None-Match"))) {
      ctx.response().setStatusCode(304).end();
      return;
    }
    ctx.response().putHeader("Content-Type", asset.type).end(asset.bytes);
  }

  private static String tag(Buffer bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
      byte[] text = Base64.getUrlEncoder().withoutPadding().encode(digest);
      return "W/\"" + new String(text, 0, 22, StandardCharsets.US_ASCII) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
