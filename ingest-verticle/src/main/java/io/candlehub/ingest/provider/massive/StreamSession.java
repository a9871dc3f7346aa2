package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.provider.DataTopics;
import io.candlehub.ingest.provider.ProviderText;
import io.candlehub.ingest.provider.StreamEnd;
import io.candlehub.ingest.provider.StreamLine;
import io.candlehub.ingest.provider.StreamListener;
import io.candlehub.ingest.provider.StreamSocket;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from the handshake to its end: greeting, key, subscriptions, statuses, pings (WebSocket specification,
 * "status" messages; what the wire really sends is kept in the comments). It ends once and is never used again. Confined
 * to one event loop.
 */
final class StreamSession implements StreamLine, StreamSocket.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSession.class);
  private static final int POLICY_VIOLATION = 1008;
  private static final String ACK_PREFIX = "subscribed to:";

  private final String apiKey;
  private final StreamTimings timings;
  private final Scheduler scheduler;
  private final FrameParser parser;
  private final StreamListener listener;
  private final Subscriptions subscriptions;
  private final StreamSocket socket;
  private final FrameAssembler assembler = new FrameAssembler();
  private Phase phase = Phase.OPENING;
  private Set<Topic> wanted = Set.of();
  private boolean settled;
  private int closeCode;

  private enum Phase {
    OPENING,
    GREETING,
    AUTHENTICATING,
    LIVE,
    ENDED
  }

  StreamSession(
      WebSocketClient client,
      URI url,
      String apiKey,
      StreamTimings timings,
      Scheduler scheduler,
      LongSupplier nanoClock,
      FrameParser parser,
      StreamListener listener) {
    this.socket =
        new StreamSocket(client, url, timings, new StreamSocket.Clocks(scheduler, nanoClock), this);
    this.apiKey = apiKey;
    this.timings = timings;
    this.scheduler = scheduler;
    this.parser = parser;
    this.listener = listener;
    this.subscriptions = new Subscriptions(listener::event);
  }

  @Override
  public void open(Set<Topic> topics) {
    wanted = topics;
    socket.open();
  }

  @Override
  public void want(Set<Topic> topics) {
    wanted = topics;
    if (phase == Phase.LIVE) {
      subscribe();
    }
  }

  @Override
  public void renew(Topic topic) {
    if (phase == Phase.LIVE && wanted.contains(topic)) {
      Set<Topic> others = new LinkedHashSet<>(wanted);
      others.remove(topic);
      WireTopics.requests("unsubscribe", subscriptions.want(others).unsubscribe())
          .forEach(socket::send);
      subscribe();
    }
  }

  @Override
  public long lastHeardNanos() {
    return socket.lastHeardNanos();
  }

  @Override
  public void probe() {
    if (phase == Phase.LIVE) {
      socket.ping();
    }
  }

  @Override
  public void end(StreamEnd end, String reason) {
    if (phase == Phase.ENDED) {
      return;
    }
    phase = Phase.ENDED;
    subscriptions.lost();
    listener.ended(end, reason, socket.close());
    listener.pause();
  }

  @Override
  public void opened() {
    phase = Phase.GREETING;
    after(timings.handshake(), () -> {
      if (phase == Phase.GREETING || phase == Phase.AUTHENTICATING) {
        end(StreamEnd.LOST, "no answer from the provider");
      }
    });
  }

  @Override
  public void lost(String reason) {
    boolean evicted = closeCode == POLICY_VIOLATION && phase == Phase.LIVE;
    end(
        evicted ? StreamEnd.EVICTED : StreamEnd.LOST,
        evicted ? "another connection of the account took over" : reason);
  }

  @Override
  public void received(WebSocketFrame frame) {
    if (frame.isClose()) {
      closeCode = frame.closeStatusCode();
    } else if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
      if (assembler.add(frame)) {
        onMessage(parser.parse(assembler.bytes(), assembler.length()));
      }
    }
  }

  private void onMessage(ParsedFrame frame) {
    listener.frame();
    List<FeedEvent> events = frame.events();
    int next = 0;
    if (!events.isEmpty()) {
      listener.data();
    }
    for (WireStatus status : frame.statuses()) {
      next = forward(events, next, status.position());
      onStatus(status);
      if (phase == Phase.ENDED) {
        return;
      }
    }
    forward(events, next, events.size());
    listener.pause();
  }

  private int forward(List<FeedEvent> events, int from, int to) {
    for (int i = from; i < to; i++) {
      FeedEvent event = events.get(i);
      if (subscriptions.isPending()) {
        DataTopics.of(event).ifPresent(subscriptions::acknowledged);
        noteSettled();
      }
      listener.event(event);
    }
    return to;
  }

  private void onStatus(WireStatus status) {
    switch (status.status()) {
      case "connected" -> onGreeting();
      case "success" -> onSuccess(status.message());
      case "auth_success" -> onAccepted();
      case "auth_failed" -> onRefusedKey(status);
      case "max_connections" -> {
        warn(status);
        end(StreamEnd.EVICTED, "another connection of the account took over");
      }
      case "error", "not_authorized" -> onRefusal(status);
      case "auth_timeout", "auth_required", "slow_consumer", "force_disconnect" -> {
        warn(status);
        end(StreamEnd.LOST, "the provider closed the connection");
      }
      default -> warn(status);
    }
  }

  private void onGreeting() {
    if (phase == Phase.GREETING) {
      phase = Phase.AUTHENTICATING;
      socket.send(WireTopics.request("auth", apiKey));
    }
  }

  /** The specification's example greets with {@code success}; the wire says {@code connected}. */
  private void onSuccess(String message) {
    if (phase == Phase.GREETING) {
      onGreeting();
      return;
    }
    if (message.startsWith(ACK_PREFIX)) {
      for (String text : message.substring(ACK_PREFIX.length()).split(",", -1)) {
        WireTopics.parse(text.strip()).ifPresent(subscriptions::acknowledged);
      }
      if (!subscriptions.isPending()) {
        noteMissing();
      }
      noteSettled();
    }
  }

  private void onAccepted() {
    if (phase == Phase.AUTHENTICATING) {
      phase = Phase.LIVE;
      listener.live();
      subscribe();
    }
  }

  private void onRefusedKey(WireStatus status) {
    warn(status);
    boolean plan = status.message().toLowerCase(Locale.ROOT).contains("plan");
    end(
        plan ? StreamEnd.PLAN_REFUSED : StreamEnd.KEY_REFUSED,
        plan ? "the plan has no stream of this market" : "the provider refused the key");
  }

  /**
   * {@code You don't have access real-time data.} comes from the real-time host for a plan with delayed data;
   * {@code not authorized} is about a channel. Any other error is taken for a refusal of what was just asked for.
   */
  private void onRefusal(WireStatus status) {
    warn(status);
    String text = status.message().toLowerCase(Locale.ROOT);
    if (text.contains("real-time") || text.contains("realtime")) {
      end(StreamEnd.DELAYED_ONLY, "the plan has delayed data only");
    } else {
      subscriptions.refused();
    }
  }

  private void subscribe() {
    Subscriptions.Request request = subscriptions.want(wanted);
    WireTopics.requests("unsubscribe", request.unsubscribe()).forEach(socket::send);
    WireTopics.requests("subscribe", request.subscribe()).forEach(socket::send);
    if (!request.subscribe().isEmpty()) {
      after(timings.grace(), () -> {
        subscriptions.graceOver(request);
        noteMissing();
        noteSettled();
        listener.pause();
      });
    }
  }

  private void noteMissing() {
    listener.missing(Set.copyOf(subscriptions.missing()));
  }

  private void noteSettled() {
    if (!settled && (!subscriptions.isPending() || !subscriptions.ready().isEmpty())) {
      settled = true;
      listener.settled();
    }
  }

  private void after(Duration delay, Runnable task) {
    scheduler.after(delay, () -> {
      if (phase != Phase.ENDED) {
        task.run();
      }
    });
  }

  private static void warn(WireStatus status) {
    LOG.warn(
        "provider says [status: {}, message: {}]",
        ProviderText.forLog(status.status()),
        ProviderText.forLog(status.message()));
  }
}
