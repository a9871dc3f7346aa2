package io.candlehub.contract;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds events, bridge frames and bus messages against docs/asyncapi.yaml. Safe to use from any thread. */
public final class EventContract {
  private static final WrittenSchemas SCHEMAS = WrittenSchemas.shared();
  private static final JsonObject DOCUMENT = SCHEMAS.document(WrittenSchemas.EVENTS);
  private static final JsonObject REFUSAL =
      DOCUMENT.getJsonObject("components").getJsonObject("schemas").getJsonObject("Refusal");
  private static final JsonObject STREAM_HEADERS =
      DOCUMENT.getJsonObject("components").getJsonObject("schemas").getJsonObject("BusHeaders");
  private static final List<String> STREAMS =
      List.of("md.chart.", "md.quote.", "md.trades.", "md.chain.");
  private static final String SOCKET_IO = "socketio";
  private static final String BRIDGE = "bridge";
  private static final String ACTION = "action";

  private EventContract() {}

  /** Returns the names of the events that clients may send. */
  public static Set<String> clientEvents() {
    return names(SOCKET_IO, "receive");
  }

  /** Returns the names of the events that clients get. */
  public static Set<String> serverEvents() {
    return names(SOCKET_IO, "send");
  }

  /** Returns the errors of the bridge. */
  public static Set<String> bridgeErrors() {
    JsonObject body = DOCUMENT
        .getJsonObject("components")
        .getJsonObject("schemas")
        .getJsonObject("BridgeError")
        .getJsonObject("properties")
        .getJsonObject("body");
    return body.getJsonArray("enum").stream().map(String.class::cast).collect(Collectors.toSet());
  }

  /** Returns the addresses of the event bus, with their parameters in braces. */
  public static Set<String> addresses() {
    return DOCUMENT.getJsonObject("channels").stream()
        .filter(channel -> !Set.of(SOCKET_IO, BRIDGE).contains(channel.getKey()))
        .map(channel -> ((JsonObject) channel.getValue()).getString("address"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(String channel, String action) {
    return operations(channel)
        .filter(operation -> operation.getString(ACTION).equals(action))
        .flatMap(operation -> messages(operation).stream())
        .map(message -> message.getString("name"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JsonObject> operations(String channel) {
    return DOCUMENT.getJsonObject("operations").stream()
        .map(operation -> (JsonObject) operation.getValue())
        .filter(operation ->
            operation.getJsonObject("channel").getString("$ref").endsWith("/channels/" + channel));
  }

  private static List<JsonObject> messages(JsonObject part) {
    return part.getJsonArray("messages", new JsonArray()).stream()
        .map(message -> SCHEMAS.resolved((JsonObject) message))
        .toList();
  }

  /** Fails if a client got an event that is not documented, or not like this. */
  public static void event(String name, Object payload) {
    check("event " + name, payload, found(SOCKET_IO, "send", name));
  }

  /** Fails if the answer to an event of a client is not documented; one that does not exist can only be refused. */
  public static void acknowledgement(String event, Object payload) {
    List<JsonObject> answers = operations(SOCKET_IO)
        .filter(operation -> messages(operation).stream()
            .anyMatch(message -> message.getString("name").equals(event)))
        .map(operation -> operation.getJsonObject("reply"))
        .filter(reply -> reply != null)
        .flatMap(reply -> messages(reply).stream())
        .toList();
    boolean refused = payload instanceof JsonObject answer && !answer.getBoolean("ok", true);
    if (answers.isEmpty() && refused) {
      SCHEMAS.check("answer to " + event, REFUSAL, payload);
    } else {
      check("answer to " + event, payload, answers);
    }
  }

  private static List<JsonObject> found(String channel, String action, String name) {
    return operations(channel)
        .filter(operation -> operation.getString(ACTION).equals(action))
        .flatMap(operation -> messages(operation).stream())
        .filter(message -> message.getString("name").equals(name))
        .toList();
  }

  /** Fails if a bridge client got a frame that is not documented; its body is another matter. */
  static void bridgeFrame(JsonObject frame) {
    List<JsonObject> forms = new ArrayList<>(found(BRIDGE, "send", frame.getString("type")));
    if (forms.size() > 1) {
      forms.removeIf(
          form -> frame.containsKey("address") != form.getString("title").contains("failure"));
    }
    check("bridge frame", frame, forms);
  }

  /** Fails if a bridge client got something at an address that is not documented. */
  static void bridged(String address, Object body) {
    published(address, body);
    notForClients(address, body);
  }

  /** Fails if a bridge client's command was answered with something that is not documented. */
  static void bridgeReply(String address, Object body) {
    replied(address, body);
    notForClients(address, body);
  }

  private static void notForClients(String address, Object body) {
    if (body instanceof JsonObject json && json.containsKey("changeSeqs")) {
      throw new AssertionError(address + " tells clients changeSeqs");
    }
  }

  /** Fails if what was sent or published on the bus is not documented. */
  public static void published(String address, Object body) {
    check("message to " + address, body, at(address, operation -> messages(operation).stream()));
  }

  /** Fails if a stream's message has headers that are not documented. */
  static void headed(String address, MultiMap headers) {
    if (STREAMS.stream().anyMatch(address::startsWith)) {
      JsonObject told = new JsonObject();
      headers.forEach((name, value) -> told.put(name, value));
      SCHEMAS.check("headers of " + address, STREAM_HEADERS, told);
    }
  }

  /** Returns an address as the document has it, with its parameters in braces; fails if it has none such. */
  static String template(String address) {
    return channel(address).getValue().getString("address");
  }

  /** Fails if a command that was passed on to one node is none of those documented there. */
  static void passedOn(String address, String command) {
    boolean known = at(address, operation -> messages(operation).stream()).stream()
        .anyMatch(message -> message.getString("name").equals(command));
    if (!known) {
      throw new AssertionError(command + " is not documented at " + address);
    }
  }

  /** Fails if the answer to a request on the bus is not documented. */
  public static void replied(String address, Object body) {
    check(
        "answer of " + address,
        body,
        at(
            address,
            operation -> Stream.ofNullable(operation.getJsonObject("reply"))
                .flatMap(reply -> messages(reply).stream())));
  }

  private static List<JsonObject> at(
      String address, Function<JsonObject, Stream<JsonObject>> messages) {
    return operations(channel(address).getKey()).flatMap(messages).toList();
  }

  private static Map.Entry<String, JsonObject> channel(String address) {
    return DOCUMENT.getJsonObject("channels").stream()
        .map(entry -> Map.entry(entry.getKey(), (JsonObject) entry.getValue()))
        .filter(entry -> matcher(entry.getValue().getString("address")).test(address))
        .findFirst()
        .orElseThrow(() -> new AssertionError("address " + address + " is not documented"));
  }

  private static Predicate<String> matcher(String template) {
    String pattern = Pattern.quote(template)
        .replace("{timeframe}", "\\E[^.]+\\Q")
        .replace("{symbol}", "\\E.+\\Q")
        .replace("{nodeId}", "\\E[^.]+\\Q");
    return Pattern.compile(pattern).asMatchPredicate();
  }

  private static void check(String what, Object value, List<JsonObject> messages) {
    if (messages.isEmpty()) {
      throw new AssertionError(what + " is not documented: " + value);
    }
    boolean binary = messages.get(0).getJsonObject("payload") == null;
    Object plain = value instanceof Buffer buffer && !binary ? Json.decodeValue(buffer) : value;
    if (plain == null) {
      plain = new JsonObject();
    }
    boolean json = plain instanceof JsonObject || plain instanceof JsonArray;
    if (binary == json) {
      throw new AssertionError(what + " is " + plain.getClass());
    }
    if (!binary) {
      SCHEMAS.check(what, chosen(messages, plain).getJsonObject("payload"), plain);
    }
  }

  /** Chart messages name their kind; elsewhere there is one form. */
  private static JsonObject chosen(List<JsonObject> messages, Object value) {
    Object kind = value instanceof JsonObject json ? json.getValue("kind") : null;
    return messages.stream()
        .filter(message -> message.getString("name").equals(kind))
        .findFirst()
        .orElse(messages.get(0));
  }
}
