package io.candlehub.contract;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds HTTP answers against docs/openapi.yaml. Safe to use from any thread. */
public final class RestContract {
  private static final WrittenSchemas SCHEMAS = WrittenSchemas.shared();
  private static final JsonObject PATHS =
      SCHEMAS.document(WrittenSchemas.REST).getJsonObject("paths");
  private static final Set<String> SOCKETS = Set.of("/socket.io", "/eventbus");
  private static final Set<Integer> BEFORE_ROUTING = Set.of(414, 431);
  private static final Set<Integer> ANYWHERE = Set.of(400, 401, 403, 404, 405, 429);
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

  private RestContract() {}

  /** Returns what is documented: for each path the methods, in capitals. */
  public static Map<String, Set<String>> operations() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (String path : PATHS.fieldNames()) {
      found.put(
          path,
          PATHS.getJsonObject(path).fieldNames().stream()
              .map(method -> method.toUpperCase(Locale.ROOT))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return found;
  }

  /** Returns the parameters of an operation by name, each with {@code in}, {@code required} and {@code schema}. */
  public static Map<String, JsonObject> parameters(String path, String method) {
    JsonObject operation = PATHS.getJsonObject(path).getJsonObject(method.toLowerCase(Locale.ROOT));
    Map<String, JsonObject> found = new TreeMap<>();
    Stream.ofNullable(operation.getJsonArray("parameters"))
        .flatMap(all -> all.stream().map(JsonObject.class::cast))
        .map(SCHEMAS::resolved)
        .forEach(parameter -> found.put(
            parameter.getString("name"),
            parameter.copy().put("schema", SCHEMAS.resolved(parameter.getJsonObject("schema")))));
    return found;
  }

  /** Returns the failure codes that the document names. */
  public static Set<String> failureCodes() {
    JsonObject code = SCHEMAS
        .document(WrittenSchemas.REST)
        .getJsonObject("components")
        .getJsonObject("schemas")
        .getJsonObject("FailureCode");
    return code.getJsonArray("enum").stream().map(String.class::cast).collect(Collectors.toSet());
  }

  /**
   * Fails if an answer is not documented: its status, its media type, a header that has to be there, any field of its
   * body. The socket protocols' paths are not looked at.
   *
   * @param target the request's path and query
   * @param header the answer's headers; null for one that is absent
   */
  public static void check(
      String method, String target, int status, Function<String, String> header, String body) {
    String path = target.split("[?#]", 2)[0];
    if (SOCKETS.stream().anyMatch(path::startsWith)) {
      return;
    }
    String what = method + " " + target + " -> " + status;
    if (BEFORE_ROUTING.contains(status)) {
      require(body.isEmpty(), what + " has a body");
      return;
    }
    Optional<String> known = template(path);
    if (known.isEmpty()) {
      failed(what, path, status, header, body);
      return;
    }
    JsonObject operations = PATHS.getJsonObject(known.get());
    JsonObject operation =
        operations.getJsonObject(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
    if (operation == null || (method.equals("HEAD") && status == 405)) {
      otherMethod(what, known.get(), status, header, body);
      return;
    }
    JsonObject response =
        operation.getJsonObject("responses").getJsonObject(Integer.toString(status));
    require(response != null, what + " has no such status in the document: " + body);
    answer(what, SCHEMAS.resolved(response), header, method.equals("HEAD"), body);
  }

  private static Optional<String> template(String path) {
    String plain =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (PATHS.containsKey(plain)) {
      return Optional.of(plain);
    }
    return PATHS.fieldNames().stream()
        .filter(template -> template.contains("{") && !plain.equals("/udf"))
        .filter(template -> matches(template, plain))
        .findFirst();
  }

  private static boolean matches(String template, String path) {
    Matcher parameter = PARAMETER.matcher(template);
    StringBuilder pattern = new StringBuilder();
    int at = 0;
    while (parameter.find()) {
      pattern.append(Pattern.quote(template.substring(at, parameter.start()))).append("[^/]+");
      at = parameter.end();
    }
    return path.matches(pattern.append(Pattern.quote(template.substring(at))).toString());
  }

  /** What a path that is not documented may be answered with. */
  private static void failed(
      String what, String path, int status, Function<String, String> header, String body) {
    require(ANYWHERE.contains(status), what + " is not in the document: " + body);
    JsonObject responses = SCHEMAS
        .document(WrittenSchemas.REST)
        .getJsonObject("components")
        .getJsonObject("responses");
    String form = path.equals("/udf") || path.startsWith("/udf/") ? "UdfFailed" : "Failed";
    boolean bare = what.startsWith("HEAD ");
    answer(what, responses.getJsonObject(form), header, bare, body);
  }

  private static void otherMethod(
      String what, String path, int status, Function<String, String> header, String body) {
    if (what.startsWith("OPTIONS ") && status == 204) {
      require(header.apply("Access-Control-Allow-Methods") != null, what + " allows no method");
      return;
    }
    failed(what, path, status, header, body);
    if (status == 405) {
      Set<String> allowed = new TreeSet<>(Set.of(header.apply("Allow").split(", ", -1)));
      allowed.remove("HEAD");
      require(operations().get(path).equals(allowed), what + " allows " + allowed);
    }
  }

  private static void answer(
      String what,
      JsonObject response,
      Function<String, String> header,
      boolean bare,
      String body) {
    headers(what, response, header);
    JsonObject content = response.getJsonObject("content");
    if (content == null || bare) {
      require(body.isEmpty(), what + " has a body");
      return;
    }
    String type = String.valueOf(header.apply("Content-Type")).split(";", 2)[0];
    require(content.containsKey(type), what + " has the media type " + type);
    Object value = body;
    if (type.endsWith("json")) {
      try {
        value = Json.decodeValue(body);
      } catch (DecodeException e) {
        throw new AssertionError(what + " is not JSON: " + body, e);
      }
    }
    SCHEMAS.check(what, content.getJsonObject(type).getJsonObject("schema"), value);
  }

  private static void headers(String what, JsonObject response, Function<String, String> header) {
    JsonObject declared = response.getJsonObject("headers", new JsonObject());
    for (String name : declared.fieldNames()) {
      JsonObject rule = SCHEMAS.resolved(declared.getJsonObject(name));
      String value = header.apply(name);
      require(value != null || !rule.getBoolean("required", false), what + " lacks " + name);
      if (value != null) {
        SCHEMAS.check(what + ", header " + name, rule.getJsonObject("schema"), value);
      }
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
