package io.candlehub.gateway.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes what no honest client sends: broken requests, packets and frames, each near to a good one. */
final class Junk {
  private static final List<String> PACKETS = List.of(
      "40",
      "40/admin,",
      "41",
      "42[\"chart:focus\",{\"symbol\":\"SPY\",\"timeframe\":\"1m\"}]",
      "421[\"chart:focus\",{\"symbol\":\"SPY\",\"timeframe\":\"9m\",\"chartId\":7}]",
      "42[\"live:subscribe\",{\"symbols\":[\"SPY\",null,{}]}]",
      "42[\"chart:unfocus\",{}]",
      "42[\"constructor\",{\"__proto__\":{}}]",
      "451-[\"x\",{\"_placeholder\":true,\"num\":0}]",
      "4599999999-[\"x\"]",
      "43999999999999999999[]",
      "2",
      "3",
      "2probe",
      "5",
      "1",
      "6",
      "bAAAA",
      "bbad!!");
  private static final List<String> BRIDGE = List.of(
      "{\"type\":\"register\",\"address\":\"md.chart.1m.SPY\",\"headers\":{}}",
      "{\"type\":\"register\",\"address\":\"md.chart.1m.\",\"headers\":7}",
      "{\"type\":\"unregister\",\"address\":\"md.chart.1m.SPY\"}",
      "{\"type\":\"send\",\"address\":\"md.command.chart\",\"replyAddress\":\"r\",\"body\":{\"symbol\":\"SPY\"}}",
      "{\"type\":\"send\",\"address\":\"md.command.demand\",\"body\":{}}",
      "{\"type\":\"publish\",\"address\":\"md.status\",\"body\":[]}",
      "{\"type\":\"ping\"}",
      "{\"type\":{\"a\":[]},\"address\":[]}",
      "[]",
      "\"x\"");
  private static final List<String> PATHS = List.of(
      "/api/market/aggs?ticker=SPY&timeframe=1m&limit=3",
      "/api/market/aggs?ticker=%00%ff&timeframe=1m",
      "/api/market/historical/%2e%2e%2fSPY?timeframe=1m",
      "/api/market/status",
      "/health/live",
      "/socket.io/?EIO=4&transport=polling",
      "/socket.io/?EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAA",
      "/socket.io/?EIO=9&transport=websocket",
      "/socket.io/?EIO=4&transport=x&sid=..",
      "/eventbus/info",
      "/eventbus/000/abc/xhr",
      "/eventbus/000/abc/xhr_send",
      "/eventbus/0/../0/xhr_streaming",
      "/eventbus/000/abc/eventsource",
      "/../../etc/passwd",
      "/%",
      "*",
      "http://[::1/");
  private static final List<String> METHODS = List.of(
      "GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "get", "PRI", "X");

  private final Random random;
  private final int port;

  Junk(Random random, int port) {
    this.random = random;
    this.port = port;
  }

  /** Returns bytes of one request, good or broken. */
  byte[] request() {
    StringBuilder head = new StringBuilder();
    String method = pick(METHODS);
    head.append(method).append(' ').append(pick(PATHS)).append(pickVersion()).append("\r\n");
    if (random.nextInt(20) > 0) {
      head.append("Host: ")
          .append(random.nextInt(20) == 0 ? "evil" : "127.0.0.1:" + port)
          .append("\r\n");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      head.append(header()).append("\r\n");
    }
    byte[] body = random.nextInt(3) == 0 ? packet() : new byte[0];
    if (body.length > 0 && random.nextInt(8) > 0) {
      head.append("Content-Length: ").append(length(body)).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    all.writeBytes(body);
    return random.nextInt(4) == 0 ? mutated(all.toByteArray()) : all.toByteArray();
  }

  private String pickVersion() {
    return random.nextInt(15) == 0
        ? pick(List.of("", " HTTP/9.9", " HTTP/1.0", " HTTP/", " x"))
        : " HTTP/1.1";
  }

  private String length(byte[] body) {
    return switch (random.nextInt(12)) {
      case 0 -> "-1";
      case 1 -> "99999999999999999999";
      case 2 -> "" + (body.length + 7);
      case 3 -> "1, 1";
      default -> "" + body.length;
    };
  }

  private String header() {
    return switch (random.nextInt(12)) {
      case 0 -> "Content-Type: application/json";
      case 1 -> "Content-Type: text/plain;charset=UTF-8";
      case 2 -> "Transfer-Encoding: chunked";
      case 3 -> "Transfer-Encoding: x, chunked";
      case 4 ->
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
      case 5 -> "Connection: Upgrade\r\nUpgrade: h2c";
      case 6 -> "Origin: http://evil.example";
      case 7 -> "Cookie: " + "a=b;".repeat(random.nextInt(400));
      case 8 -> "X-" + (char) random.nextInt(256) + ": " + (char) random.nextInt(256);
      case 9 -> "Expect: 100-continue";
      case 10 -> "Content-Encoding: gzip";
      default -> "Accept: */*";
    };
  }

  /** Returns the payload of one message to Socket.IO or the bridge. */
  byte[] packet() {
    String text = random.nextBoolean() ? pick(PACKETS) : pick(BRIDGE);
    byte[] bytes = switch (random.nextInt(10)) {
      case 0 -> deep().getBytes(StandardCharsets.UTF_8);
      case 1 -> ("42" + random.nextLong() + text).getBytes(StandardCharsets.UTF_8);
      case 2 -> (text + "\u001e" + pick(PACKETS)).getBytes(StandardCharsets.UTF_8);
      case 3 ->
        ("4" + "2[\"a\"," + "1".repeat(random.nextInt(3_000)) + "]")
            .getBytes(StandardCharsets.UTF_8);
      default -> text.getBytes(StandardCharsets.UTF_8);
    };
    return random.nextInt(3) == 0 ? mutated(bytes) : bytes;
  }

  private String deep() {
    int depth = random.nextInt(5_000);
    return pick(List.of("42", "", "42[\"x\","))
        + "[".repeat(depth)
        + "]".repeat(random.nextInt(depth + 1));
  }

  /** Returns a masked frame as a client sends it, mostly of text, now and then with a broken head. */
  byte[] frame(byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    int first = switch (random.nextInt(14)) {
      case 0 -> random.nextInt(256);
      case 1 -> 0x82;
      case 2 -> 0x89;
      case 3 -> 0x01;
      case 4 -> 0x80;
      default -> 0x81;
    };
    boolean masked = random.nextInt(40) > 0;
    frame.write(first);
    int mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      frame.write(mask | payload.length);
    } else {
      frame.write(mask | 126);
      frame.write(payload.length >> 8 & 0xFF);
      frame.write(payload.length & 0xFF);
    }
    byte[] key = new byte[4];
    random.nextBytes(key);
    if (masked) {
      frame.writeBytes(key);
    }
    for (int i = 0; i < payload.length; i++) {
      frame.write(masked ? payload[i] ^ key[i % 4] : payload[i]);
    }
    return random.nextInt(60) == 0 ? mutated(frame.toByteArray()) : frame.toByteArray();
  }

  /** Returns a request that becomes a WebSocket. */
  byte[] upgrade() {
    String path = pick(List.of(
        "/socket.io/?EIO=4&transport=websocket",
        "/eventbus/websocket",
        "/eventbus/0/" + word() + "/websocket",
        "/socket.io/?EIO=3&transport=websocket"));
    return String.join(
            "\r\n",
            "GET " + path + " HTTP/1.1",
            "Host: 127.0.0.1:" + port,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "",
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns a request of the polling transport of a session. */
  byte[] poll(String sid) {
    byte[] body = packet();
    boolean post = random.nextBoolean();
    String head = (post ? "POST" : "GET") + " /socket.io/?EIO=4&transport="
        + (random.nextInt(6) == 0 ? "websocket" : "polling") + "&sid=" + sid
        + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
        + (post ? "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length : "")
        + "\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    if (post) {
      all.writeBytes(body);
    }
    return all.toByteArray();
  }

  private String word() {
    return Long.toString(random.nextLong() >>> 1, 36);
  }

  private byte[] mutated(byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
