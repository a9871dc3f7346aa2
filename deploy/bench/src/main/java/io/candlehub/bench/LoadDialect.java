package io.candlehub.bench;

import java.nio.charset.StandardCharsets;

/** What the clients of the fan-out measurement speak over their WebSocket. */
enum LoadDialect {
  /** Engine.IO 4 and Socket.IO 5, as {@code socket.io-client} does with the WebSocket transport alone. */
  SOCKET_IO("42[\"chart:update\",") {
    @Override
    String path(String symbol) {
      return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    String follow(String symbol) {
      return "420[\"chart:focus\",{\"symbol\":\"" + symbol
          + "\",\"timeframe\":\"1m\",\"chartId\":\"main\"}]";
    }
  },
  /** The event-bus bridge over SockJS' raw WebSocket. */
  BRIDGE("{\"type\":\"rec\",") {
    @Override
    String path(String symbol) {
      return "/eventbus/websocket";
    }

    @Override
    String follow(String symbol) {
      return "{\"type\":\"register\",\"address\":\"" + symbol + "\",\"headers\":{}}";
    }

    @Override
    String keepAlive() {
      return "{\"type\":\"ping\"}";
    }
  },
  /** Nothing: the path names the stream. */
  PLAIN("42[\"chart:update\",") {
    @Override
    String path(String symbol) {
      return "/" + symbol;
    }
  };

  private final String updateStart;

  LoadDialect(String updateStart) {
    this.updateStart = updateStart;
  }

  /** Returns how every update begins. */
  byte[] updateStart() {
    return updateStart.getBytes(StandardCharsets.US_ASCII);
  }

  abstract String path(String symbol);

  /** Returns the message that follows a stream, empty if there is none. */
  String follow(String symbol) {
    return "";
  }

  /** Returns what a client has to send every few seconds, empty if nothing. */
  String keepAlive() {
    return "";
  }
}
