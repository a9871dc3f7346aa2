package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A client of the polling transport that shows what it gets. */
final class PollingClient {

  private final WebClient web;
  private final LoopbackServer server;
  private final Deque<String> received = new ArrayDeque<>();
  private String sid = "";

  PollingClient(Vertx vertx, LoopbackServer server) {
    this.web = WebClient.create(vertx);
    this.server = server;
  }

  /** Opens a session. */
  PollingClient open() throws Exception {
    HttpResponse<Buffer> response = LoopbackServer.await(get());
    JsonObject open = new JsonObject(response.bodyAsString().substring(1));
    sid = open.getString("sid");
    return this;
  }

  String sid() {
    return sid;
  }

  /** Starts a poll. */
  Future<HttpResponse<Buffer>> get() {
    return web.get(server.port(), "127.0.0.1", uri()).send();
  }

  Future<HttpResponse<Buffer>> post(String body) {
    return web.post(server.port(), "127.0.0.1", uri()).sendBuffer(Buffer.buffer(body));
  }

  Future<HttpResponse<Buffer>> request(HttpMethod method) {
    return web.request(method, server.port(), "127.0.0.1", uri()).send();
  }

  /** Posts and returns status and body. */
  String send(String body) throws Exception {
    return shown(LoopbackServer.await(post(body)));
  }

  /** Polls until there is a packet and returns it, pings answered and left out. */
  String next() throws Exception {
    while (received.isEmpty()) {
      received.addAll(take(LoopbackServer.await(get())));
    }
    return received.remove();
  }

  /** Tells whether a packet is here already. */
  boolean hasNext() {
    return !received.isEmpty();
  }

  /** Returns the packets of a poll, pings answered and left out. */
  List<String> take(HttpResponse<Buffer> poll) throws Exception {
    List<String> packets = new ArrayList<>();
    for (String packet : List.of(poll.bodyAsString().split("\u001e", -1))) {
      if (packet.equals("2")) {
        send("3");
      } else {
        packets.add(packet);
      }
    }
    return packets;
  }

  String uri() {
    return "/socket.io/?EIO=4&transport=polling" + (sid.isEmpty() ? "" : "&sid=" + sid);
  }

  static String shown(HttpResponse<Buffer> response) {
    return response.statusCode() + " " + response.bodyAsString();
  }
}
