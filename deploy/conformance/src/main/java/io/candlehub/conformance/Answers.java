package io.candlehub.conformance;

import io.candlehub.gateway.socketio.SocketIoSocket;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of the main namespace that the client suites ask for, by subject. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final List<String> TEXTS =
      List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string");

  private Answers() {}

  /** Adds the events about dates. */
  static void dates(SocketIoSocket socket, InstantSource clock) {
    socket.on("getAckDate", (args, ack) -> ack.send(HandshakeJson.date(clock.instant())));
    socket.on(
        "getDate", (args, ack) -> socket.emit("takeDate", HandshakeJson.date(clock.instant())));
    socket.on(
        "getDateObj",
        (args, ack) -> socket.emit(
            "takeDateObj", new JsonObject().put("date", HandshakeJson.date(clock.instant()))));
  }

  /** Adds the event that asks for texts beyond ASCII. */
  static void texts(SocketIoSocket socket) {
    socket.on("getUtf8", (args, ack) -> TEXTS.forEach(text -> socket.emit("takeUtf8", text)));
  }

  /** Adds the events that carry bytes. */
  static void binary(SocketIoSocket socket) {
    socket.on("doge", (args, ack) -> socket.emit("doge", Buffer.buffer("asdfasdf")));
    socket.on("getbin", (args, ack) -> socket.emit("takebin", Buffer.buffer("asdfasdf")));
    answerBytes(socket, "buffa", "buffack");
    answerBytes(socket, "blob", "back");
    answerMixed(socket, "jsonbuff", "jsonbuff-ack");
    answerMixed(socket, "jsonblob", "jsonblob-ack");
    AtomicBoolean first = new AtomicBoolean();
    socket.on("abuff1", (args, ack) -> first.set(isBytes(args)));
    socket.on("abuff2", (args, ack) -> {
      if (first.get()) {
        socket.emit("abuff2-ack");
      }
    });
    AtomicBoolean firstBlob = new AtomicBoolean();
    AtomicBoolean secondBlob = new AtomicBoolean();
    socket.on("blob1", (args, ack) -> firstBlob.set(isBytes(args)));
    socket.on(
        "blob2", (args, ack) -> secondBlob.set(firstBlob.get() && args.equals(List.of("second"))));
    socket.on("blob3", (args, ack) -> {
      if (secondBlob.get() && isBytes(args)) {
        socket.emit("blob3-ack");
      }
    });
  }

  /** Adds the event upon which the server asks for an acknowledgement itself. */
  static void acknowledged(SocketIoSocket socket) {
    socket.on(
        "ack",
        (args, ack) -> socket
            .emitWithAck("ack", PATIENCE)
            .onSuccess(answer -> {
              if (isExpected(answer)) {
                socket.emit("got it");
              }
            })
            .onFailure(e -> LOG.debug("not acknowledged [cause: {}]", e.toString())));
  }

  private static boolean isExpected(List<Object> answer) {
    return answer.size() == 2
        && answer.get(0) instanceof Number number
        && number.intValue() == 5
        && answer.get(1) instanceof JsonObject object
        && object.containsKey("test");
  }

  private static void answerBytes(SocketIoSocket socket, String event, String answer) {
    socket.on(event, (args, ack) -> {
      if (isBytes(args)) {
        socket.emit(answer);
      }
    });
  }

  private static void answerMixed(SocketIoSocket socket, String event, String answer) {
    socket.on(event, (args, ack) -> {
      if (args.get(0) instanceof JsonObject object
          && "lol".equals(object.getString("hello"))
          && object.getMap().get("message") instanceof Buffer
          && "gotcha".equals(object.getString("goodbye"))) {
        socket.emit(answer);
      }
    });
  }

  private static boolean isBytes(List<Object> args) {
    return !args.isEmpty() && args.get(0) instanceof Buffer;
  }
}
