package io.candlehub.clustertests;

import io.vertx.core.Context;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A browser's part of the protocol: shows one chart, keeps its series, and resumes at the next gateway when its
 * connection ends. It asks nothing but the stream. Confined to the crowd's event loop.
 */
final class CrowdClient {
  private static final Logger LOG = LoggerFactory.getLogger(CrowdClient.class);
  private static final String SNAPSHOT = "42[\"chart:snapshot\",";
  private static final String UPDATE = "42[\"chart:update\",";
  private static final String ERROR = "42[\"chart:error\",";
  private static final int ASK_AGAIN_MILLIS = 500;
  private static final int LONGEST_WAIT_MILLIS = 200;
  private static final int SHORTEST_WAIT_MILLIS = 20;

  private final Context context;
  private final WebSocketClient http;
  private final List<URI> gateways;
  private final ChartStream stream;
  private final CrowdBook book;
  private final Random random;
  private final CrowdSeries series = new CrowdSeries();
  private WebSocket socket;
  private int gateway;
  private int attempt;
  private boolean returning;
  private boolean closed;
  private long heardNanos = System.nanoTime();
  private long silenceNanos = Long.MAX_VALUE;
  private long movedNanos;
  private long longestGapNanos;
  private long gapEndNanos;

  CrowdClient(
      Context context,
      WebSocketClient http,
      List<URI> gateways,
      int gateway,
      ChartStream stream,
      CrowdBook book,
      Random random) {
    this.context = context;
    this.http = http;
    this.gateways = gateways;
    this.gateway = gateway;
    this.stream = stream;
    this.book = book;
    this.random = random;
  }

  void connect() {
    int current = ++attempt;
    URI uri = gateways.get(gateway);
    http.connect(new WebSocketConnectOptions()
            .setHost(uri.getHost())
            .setPort(uri.getPort())
            .setConnectTimeout(2_000)
            .setURI("/socket.io/?EIO=4&transport=websocket"))
        .onSuccess(opened -> opened(current, opened))
        .onFailure(refused -> again(current));
  }

  private void opened(int current, WebSocket opened) {
    if (closed || current != attempt) {
      end(opened);
      return;
    }
    socket = opened;
    heardNanos = System.nanoTime();
    opened.textMessageHandler(text -> received(current, text));
    opened.exceptionHandler(broken -> again(current));
    opened.closeHandler(gone -> again(current));
  }

  /** Comes back at the next gateway after a short while. */
  private void again(int current) {
    if (closed || current != attempt) {
      return;
    }
    attempt++;
    socket = null;
    silenceNanos = Long.MAX_VALUE;
    returning = series.position().isPresent();
    book.reconnected();
    gateway = (gateway + 1) % gateways.size();
    context.owner().setTimer(SHORTEST_WAIT_MILLIS + random.nextInt(LONGEST_WAIT_MILLIS), fired -> {
      if (!closed) {
        connect();
      }
    });
  }

  private void received(int current, String packet) {
    if (current != attempt) {
      return;
    }
    heardNanos = System.nanoTime();
    if (packet.startsWith(UPDATE)) {
      chart(false, packet, UPDATE.length());
    } else if (packet.startsWith(SNAPSHOT)) {
      chart(true, packet, SNAPSHOT.length());
    } else if (packet.equals("2")) {
      send("3");
    } else if (packet.startsWith("0")) {
      JsonObject handshake = new JsonObject(packet.substring(1));
      silenceNanos = TimeUnit.MILLISECONDS.toNanos(
          handshake.getLong("pingInterval") + handshake.getLong("pingTimeout"));
      send("40" + new JsonObject().put("token", TestCluster.KEY).encode());
    } else if (packet.startsWith("40")) {
      focus();
    } else if (packet.startsWith("41")) {
      leave(current);
    } else if (packet.startsWith(ERROR) || packet.startsWith("44")) {
      refused(current, packet);
    }
  }

  /** Asks again for what may be asked again. */
  private void refused(int current, String packet) {
    book.refused();
    if (!packet.contains("\"retryable\":true")) {
      book.fault("refused [stream: " + stream + "] " + packet);
      return;
    }
    context.owner().setTimer(ASK_AGAIN_MILLIS, fired -> {
      if (current == attempt && socket != null) {
        focus();
      }
    });
  }

  private void focus() {
    JsonObject chart =
        new JsonObject().put("symbol", stream.symbol()).put("timeframe", stream.timeframe());
    series.position().ifPresent(position -> chart.put("since", position));
    send("42" + new JsonArray().add("chart:focus").add(chart).encode());
  }

  private void leave(int current) {
    WebSocket leaving = socket;
    again(current);
    end(leaving);
  }

  private static void end(WebSocket leaving) {
    leaving
        .close()
        .onFailure(gone -> LOG.debug("it was gone already [cause: {}]", gone.toString()));
  }

  private void chart(boolean snapshot, String packet, int from) {
    JsonObject message = new JsonObject(packet.substring(from, packet.length() - 1));
    if (!stream.symbol().equals(message.getString("symbol"))) {
      book.fault("another chart's message [stream: " + stream + "] " + packet);
      return;
    }
    long before = series.seq();
    String position = series.epoch() + "@" + before;
    CrowdSeries.Outcome outcome = series.take(snapshot, message);
    book.took(
        stream,
        outcome,
        message.getJsonObject("stream").getString("epoch"),
        "held: " + position + ", told: " + message.getJsonObject("stream").encode());
    if (returning) {
      returning = false;
      if (!snapshot) {
        book.resumed();
      }
    }
    if (outcome == CrowdSeries.Outcome.LOSS) {
      series.clear();
      focus();
    }
    if (!message.getJsonArray("bars").isEmpty()) {
      moved();
    }
  }

  private void moved() {
    if (movedNanos > 0) {
      if (heardNanos - movedNanos > longestGapNanos) {
        longestGapNanos = heardNanos - movedNanos;
        gapEndNanos = heardNanos;
      }
    }
    movedNanos = heardNanos;
  }

  /** Gives up a connection on which nothing was heard for longer than the server's pings allow. */
  void look(long nowNanos) {
    if (socket != null && nowNanos - heardNanos > silenceNanos) {
      leave(attempt);
    }
  }

  /** Forgets the longest time without a change. */
  void mark() {
    longestGapNanos = 0;
  }

  /** Returns whether its series has changed since an instant of {@link System#nanoTime()}. */
  boolean hasMovedSince(long nanos) {
    return movedNanos - nanos > 0;
  }

  /** Returns the longest time without a change since the mark, which may have begun earlier and may not be over. */
  Crowd.Gap longestGap(long nowNanos) {
    long open = movedNanos > 0 ? nowNanos - movedNanos : 0;
    long length = Math.max(longestGapNanos, open);
    long end = open > longestGapNanos ? nowNanos : gapEndNanos;
    return new Crowd.Gap(
        stream,
        gateway,
        TimeUnit.NANOSECONDS.toMillis(length),
        TimeUnit.NANOSECONDS.toMillis(nowNanos - end));
  }

  private void send(String packet) {
    int current = attempt;
    socket.writeTextMessage(packet).onFailure(gone -> again(current));
  }

  /** Says goodbye. */
  void close() {
    closed = true;
    if (socket != null) {
      end(socket);
    }
  }

  ChartStream stream() {
    return stream;
  }

  CrowdSeries series() {
    return series;
  }

  /** Returns which gateway it is at, or on its way to. */
  int gateway() {
    return gateway;
  }
}
