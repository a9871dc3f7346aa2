package io.candlehub.redis;

import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.cluster.Subscribers;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the channels that somebody on this node listens to, each subscribed once however many listen. Redis confirms
 * commands in their order, so the first channel that waits for a confirmation is the one that gets it.
 *
 * <p>While handlers are far behind, nothing is read: Redis then closes the connection when its own limit for slow
 * subscribers is reached, and what was missed is repaired as after any other loss.
 *
 * <p>Confined to the carrier's event loop.
 */
final class SubscribeLane implements RedisLink.Lane {
  private static final Logger LOG = LoggerFactory.getLogger(SubscribeLane.class);
  private static final int CHANNELS_A_COMMAND = 500;
  private static final int MOST_UNDELIVERED = 20_000;

  /** A channel that nobody is subscribed to: leaving it is answered and asks for no right. */
  private static final String NO_CHANNEL = "candlehub.beat";

  private final RedisLink.Ground ground;
  private final RedisLink link;
  private final String prefix;
  private final Subscribers<FanoutCarrier.Listener> listeners;
  private final Map<String, Channel> channels = new HashMap<>();
  private final ArrayDeque<Channel> unconfirmed = new ArrayDeque<>();
  private final AtomicInteger undelivered = new AtomicInteger();
  private final AtomicBoolean paused = new AtomicBoolean();
  private Optional<RedisConnection> connection = Optional.empty();
  private int restoring;
  private boolean interrupted;
  private volatile boolean delivering;

  SubscribeLane(
      RedisLink.Ground ground, String prefix, Subscribers<FanoutCarrier.Listener> listeners) {
    this.ground = ground;
    this.prefix = prefix;
    this.listeners = listeners;
    this.link = new RedisLink("subscribe", ground, this);
  }

  RedisLink link() {
    return link;
  }

  /** Returns why not everything is heard; empty if it is. */
  String fault() {
    return restoring > 0 ? "subscribing again" : link.fault();
  }

  /** Returns how many channels are subscribed or are to be. */
  int channels() {
    return channels.size();
  }

  void add(LocalSubscription subscription) {
    String name = prefix + subscription.address();
    Channel channel = channels.get(name);
    if (channel == null) {
      channel = new Channel(subscription.address());
      channels.put(name, channel);
      subscribe(List.of(name));
    }
    channel.subscriptions.add(subscription);
    if (channel.confirmed || interrupted) {
      subscription.heard();
    }
  }

  void remove(LocalSubscription subscription) {
    String name = prefix + subscription.address();
    Channel channel = channels.get(name);
    if (channel != null
        && channel.subscriptions.remove(subscription)
        && channel.subscriptions.isEmpty()) {
      channels.remove(name);
      connection.ifPresent(over -> send(over, Request.cmd(Command.UNSUBSCRIBE).arg(name)));
    }
    subscription.removed();
  }

  private void subscribe(List<String> names) {
    connection.ifPresent(over -> {
      Request request = Request.cmd(Command.SUBSCRIBE);
      names.forEach(name -> {
        request.arg(name);
        unconfirmed.addLast(channels.get(name));
      });
      send(over, request);
    });
  }

  private void send(RedisConnection over, Request request) {
    over.send(request).onFailure(failure -> LOG.debug("not sent [cause: {}]", failure.getClass()));
  }

  @Override
  public void up(RedisConnection fresh) {
    connection = Optional.of(fresh);
    paused.set(false);
    restoring = channels.size();
    List<String> names = new ArrayList<>(channels.keySet());
    for (int from = 0; from < names.size(); from += CHANNELS_A_COMMAND) {
      subscribe(names.subList(from, Math.min(names.size(), from + CHANNELS_A_COMMAND)));
    }
    if (restoring == 0) {
      restored();
    }
  }

  /** Returns whether every channel is heard; safe on any thread. */
  boolean delivers() {
    return delivering;
  }

  private void restored() {
    delivering = true;
    if (interrupted) {
      interrupted = false;
      listeners.each(FanoutCarrier.Listener::restored);
    }
  }

  @Override
  public void down() {
    delivering = false;
    connection = Optional.empty();
    unconfirmed.clear();
    restoring = 0;
    for (Channel channel : channels.values()) {
      channel.confirmed = false;
      channel.subscriptions.forEach(LocalSubscription::heard);
    }
    if (!interrupted) {
      interrupted = true;
      listeners.each(FanoutCarrier.Listener::lost);
    }
  }

  @Override
  public void beat(RedisConnection over) {
    if (paused.get()) {
      link.answered();
    } else {
      send(over, Request.cmd(Command.UNSUBSCRIBE).arg(NO_CHANNEL));
    }
  }

  @Override
  public void received(Response push) {
    link.answered();
    if (push.type() == ResponseType.ERROR) {
      link.fail("the server refuses channels: " + RedisLink.code(push));
      return;
    }
    String kind = push.get(0).toString();
    if (kind.equals("message")) {
      heard(push.get(1).toString(), push.get(2).toBuffer());
    } else if (kind.equals("subscribe")) {
      confirmed();
    }
  }

  private void confirmed() {
    Channel channel = unconfirmed.removeFirst();
    channel.confirmed = true;
    channel.subscriptions.forEach(LocalSubscription::heard);
    if (restoring > 0 && --restoring == 0) {
      restored();
      ground.changed().run();
    }
  }

  private void heard(String name, Buffer payload) {
    Channel channel = channels.get(name);
    if (channel == null) {
      return;
    }
    ground.meters().received();
    Optional<Envelope> envelope = Envelope.part(payload);
    if (envelope.isEmpty()) {
      ground.meters().malformed();
      return;
    }
    FanoutMessage message = new FanoutMessage(
        channel.address, envelope.get().headers(), envelope.get().body());
    for (LocalSubscription subscription : channel.subscriptions) {
      undelivered.incrementAndGet();
      subscription.deliver(message, this::delivered);
    }
    if (undelivered.get() > MOST_UNDELIVERED && paused.compareAndSet(false, true)) {
      connection.ifPresent(RedisConnection::pause);
    }
  }

  /** Runs on the subscriber's context. */
  private void delivered() {
    if (undelivered.decrementAndGet() < MOST_UNDELIVERED / 2 && paused.get()) {
      ground.scheduler().after(Duration.ZERO, this::resume);
    }
  }

  private void resume() {
    if (paused.compareAndSet(true, false)) {
      connection.ifPresent(RedisConnection::resume);
    }
  }

  /** A channel with the handlers of this node. */
  private static final class Channel {
    private final String address;
    private final List<LocalSubscription> subscriptions = new ArrayList<>();
    private boolean confirmed;

    Channel(String address) {
      this.address = address;
    }
  }
}
