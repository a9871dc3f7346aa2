package io.candlehub.gateway;

import io.candlehub.contract.Conversation;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A WebSocket client that keeps what it receives and holds it against the documents; used by one test thread. */
public final class WireClient {
  private static final String CLOSED = "<closed>";

  private final WebSocket socket;
  private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final Deque<String> passed = new ArrayDeque<>();
  private final AtomicBoolean binary = new AtomicBoolean();
  private final Conversation conversation = new Conversation();

  /** Reads a socket. */
  WireClient(WebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(received::add);
    socket.binaryMessageHandler(buffer -> {
      binary.set(true);
      received.add(buffer.toString());
    });
    socket.closeHandler(closed -> received.add(CLOSED));
  }

  /** Holds what nobody has waited for against the documents too. */
  void checkRest() {
    received.forEach(conversation::received);
  }

  /** Sends a text message. */
  public void send(String text) {
    conversation.sent(text);
    GatewayFixture.await(socket.writeTextMessage(text));
  }

  /** Sends a text message many times without looking what becomes of it. */
  public void flood(String text, int times) {
    conversation.sent(text);
    for (int i = 0; i < times; i++) {
      socket.writeTextMessage(text);
    }
  }

  /** Sends a JSON text message. */
  public void send(JsonObject json) {
    send(json.encode());
  }

  /** Sends a Socket.IO event that wants an answer. */
  public void emit(int id, String event, Object argument) {
    send("42" + id + new JsonArray().add(event).add(argument).encode());
  }

  /** Returns the first message, from now on, that begins with a text; those before it can still be looked up. */
  public String expect(String beginning) {
    return expect(text -> text.startsWith(beginning), beginning);
  }

  /** Returns the first message, from now on, that begins with a text and has another one in it. */
  public String expectContaining(String beginning, String part) {
    return expect(text -> text.startsWith(beginning) && text.contains(part), beginning + part);
  }

  /** Returns the payload of the next event of a name. */
  public JsonObject event(String name) {
    String packet = expect("42[\"" + name + "\"");
    return new JsonArray(packet.substring(2)).getJsonObject(1);
  }

  /** Returns the answer to an event. */
  public JsonObject ack(int id) {
    String packet = expect("43" + id + "[");
    return new JsonArray(packet.substring(packet.indexOf('['))).getJsonObject(0);
  }

  /** Returns the next JSON message. */
  public JsonObject json() {
    return new JsonObject(expect("{"));
  }

  /** Waits for the end of the connection, however much comes before. */
  public void expectEnd() {
    expect(CLOSED);
  }

  /** Waits for the end of the connection and returns the close code. */
  public int closeCode() {
    expect(CLOSED);
    return socket.closeStatusCode() == null ? -1 : socket.closeStatusCode();
  }

  private String expect(Predicate<String> wanted, String name) {
    try {
      while (true) {
        String next = received.poll(10, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("nothing like " + name + " after " + passed);
        }
        conversation.received(next);
        if (wanted.test(next)) {
          return next;
        }
        if (next.equals(CLOSED)) {
          throw new AssertionError("closed before " + name + ", after " + passed);
        }
        passed.add(next);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns true if something that begins with a text was passed over by a later expectation. */
  public boolean passedOver(String beginning) {
    return passed.stream().anyMatch(text -> text.startsWith(beginning));
  }

  /** Returns true if messages came as binary frames. */
  public boolean isBinary() {
    return binary.get();
  }

  /** Stops reading from the network. */
  public void pause() {
    socket.pause();
  }

  /** Reads on. */
  public void resume() {
    socket.resume();
  }

  /** Closes the connection. */
  public void close() {
    GatewayFixture.await(socket.close());
  }
}
