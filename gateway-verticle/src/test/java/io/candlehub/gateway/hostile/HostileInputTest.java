package io.candlehub.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.FakeSeries;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Floods a gateway with broken requests, packets and frames over raw connections: nothing escapes, nothing leaks, and
 * two honest clients go on as if nothing happened. {@code candlehub.hostile.inputs} says how many.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class HostileInputTest {
  private static final int INPUTS = Integer.getInteger("candlehub.hostile.inputs", 20_000);
  private static final int INPUTS_PER_CONNECTION = 40;
  /** Complain when a client vanishes while it is answered or closed; the program's log leaves them out. */
  private static final Set<String> OF_VANISHED_CLIENTS = Set.of(
      "io.netty.util.concurrent.DefaultPromise",
      "io.netty.channel.DefaultChannelPipeline",
      "io.netty.channel.AbstractChannelHandlerContext");

  private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

  private final Random random = new Random(20261121);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ResourceLeakDetector.Level before;
  private GatewayFixture gateway;
  private Junk junk;
  private int connections;
  private long answered;

  @BeforeEach
  void start() {
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    log.start();
    root().addAppender(log);
    gateway = new GatewayFixture(Map.of(
        // What hangs behind a stream that nobody reads is closed a minute later.
        "limits.stall-seconds", "10",
        "limits.connections-per-address", "1000000",
        "limits.requests-per-second", "1000000",
        "limits.messages-per-second", "100000"));
    junk = new Junk(random, gateway.port());
  }

  @AfterEach
  void stop() {
    root().detachAppender(log);
    gateway.close();
    ResourceLeakDetector.setLevel(before);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Test
  void shouldSurviveWhateverComes() throws IOException {
    FakeSeries series = gateway.hub().series(Charts.SPY);
    series.put(Charts.bar(0, 9));
    WireClient live = gateway.socketIo();
    live.emit(1, "chart:focus", new JsonObject().put("symbol", "SPY").put("timeframe", "1m"));
    live.ack(1);
    WireClient bridge = gateway.bridge();
    bridge.send(new JsonObject().put("type", "register").put("address", "md.chart.1m.SPY"));
    bridge.expect("{\"type\":\"rec\"");
    int sent = 0;
    int round = 0;
    while (sent < INPUTS) {
      sent += connection();
      if (++round % 50 == 0) {
        honest(live, bridge, series, round);
      }
    }
    honest(live, bridge, series, round + 1);
    await().atMost(90, TimeUnit.SECONDS).untilAsserted(() -> {
      stay(live, bridge);
      assertThat(gauge("candlehub.gateway.connections", "")).isEqualTo(2);
      assertThat(gauge("candlehub.gateway.clients", "socketio")).isEqualTo(1);
      assertThat(gauge("candlehub.gateway.clients", "sockjs")).isEqualTo(1);
    });
    System.gc();
    honest(live, bridge, series, round + 2);
    List<String> complaints = List.copyOf(log.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .filter(event -> !OF_VANISHED_CLIENTS.contains(event.getLoggerName())
            || event.getFormattedMessage().contains("candlehub"))
        .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage() + " "
            + (event.getThrowableProxy() == null
                ? ""
                : event.getThrowableProxy().getMessage()))
        .toList();
    System.out.printf(
        Locale.ROOT,
        "hostile input: %,d requests, packets and frames on %,d connections, %,d bytes of answers%n",
        sent,
        connections,
        answered);
    assertThat(complaints).isEmpty();
  }

  private double gauge(String name, String protocol) {
    return protocol.isEmpty()
        ? gateway.meters().get(name).gauge().value()
        : gateway.meters().get(name).tag("protocol", protocol).gauge().value();
  }

  /** Two clients see a change, in order and soon. */
  private void honest(WireClient live, WireClient bridge, FakeSeries series, int round) {
    gateway.hub().put(series.key(), Charts.bar(round, 10 + round));
    String wanted = "\"t\":" + Charts.minute(round) + ",";
    live.expectContaining("42[\"chart:update\"", wanted);
    bridge.expectContaining("{\"type\":\"rec\"", wanted);
    stay(live, bridge);
  }

  private static void stay(WireClient live, WireClient bridge) {
    live.send("3");
    bridge.send(new JsonObject().put("type", "ping"));
  }

  /** Sends some inputs over one connection and returns how many. */
  private int connection() throws IOException {
    connections++;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(20);
      return switch (random.nextInt(4)) {
        case 0 -> requests(socket);
        case 1 -> polling(socket);
        default -> frames(socket);
      };
    }
  }

  private int requests(Socket socket) throws IOException {
    int sent = 0;
    int most = 1 + random.nextInt(INPUTS_PER_CONNECTION);
    while (sent < most && send(socket, junk.request())) {
      sent++;
    }
    drain(socket, random.nextInt(3) == 0);
    return sent + 1;
  }

  private int frames(Socket socket) throws IOException {
    int sent = 0;
    int most = 1 + random.nextInt(INPUTS_PER_CONNECTION * 4);
    send(socket, junk.upgrade());
    if (random.nextInt(5) > 0) {
      send(socket, junk.frame("40".getBytes(StandardCharsets.US_ASCII)));
    }
    while (sent < most && send(socket, junk.frame(junk.packet()))) {
      sent++;
    }
    drain(socket, random.nextInt(3) == 0);
    return sent + 1;
  }

  private int polling(Socket socket) throws IOException {
    String open = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1:"
        + gateway.port() + "\r\n\r\n";
    send(socket, open.getBytes(StandardCharsets.US_ASCII));
    socket.setSoTimeout(2_000);
    Matcher sid = SID.matcher(drain(socket, false));
    socket.setSoTimeout(20);
    if (!sid.find()) {
      return 1;
    }
    int sent = 1;
    int most = 1 + random.nextInt(INPUTS_PER_CONNECTION);
    try (Socket second = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      second.setSoTimeout(20);
      while (sent < most
          && send(random.nextInt(4) == 0 ? second : socket, junk.poll(sid.group(1)))) {
        sent++;
      }
      drain(second, false);
    }
    drain(socket, false);
    return sent;
  }

  private static boolean send(Socket socket, byte[] bytes) throws IOException {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      return true;
    } catch (SocketException closedByTheServer) {
      return false;
    }
  }

  /** Reads what has come, or until the server closes. */
  private String drain(Socket socket, boolean halfClose) throws IOException {
    byte[] buffer = new byte[65_536];
    try {
      if (halfClose) {
        socket.shutdownOutput();
      }
      InputStream in = socket.getInputStream();
      int read = in.read(buffer);
      answered += Math.max(0, read);
      return read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException | SocketException nothingMore) {
      return "";
    }
  }
}
