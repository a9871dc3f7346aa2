package io.candlehub.redis;

import io.candlehub.bus.CarrierState;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Subscribers;
import io.candlehub.model.MarketDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Redis' publish and subscribe as carrier. A channel is the address; on a simulated market the market id and a colon stand
 * before it, so that invented bars never reach those who follow the real market. Channels do not know of databases: the
 * number in the address separates nothing.
 *
 * <p>A message is an {@link Envelope}. Redis keeps nothing, so what was published while a connection was lost is gone but
 * for what waits at the publisher: the newest message of a channel. A server that fails is told by {@link #state()} and
 * stops nobody.
 */
public final class RedisCarrier implements FanoutCarrier {
  /** The value of {@code fanout.mode} that means this carrier. */
  public static final String MODE = "redis";

  private final Vertx vertx;
  private final Context context;
  private final String prefix;
  private final Subscribers<Listener> listeners = new Subscribers<>();
  private final Queue<Outgoing> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean emptying = new AtomicBoolean();
  private final PublishLane publishing;
  private final SubscribeLane subscribing;
  private volatile boolean closed;
  private volatile CarrierState state = new CarrierState(MODE, false, "not connected yet");

  private RedisCarrier(
      Vertx vertx, RedisConfig config, MarketDescriptor market, MeterRegistry registry) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.prefix = market.isSimulated() ? market.marketId() + ":" : "";
    CarrierMeters meters = new CarrierMeters(registry);
    RedisOptions options = config.options();
    RedisLink.Ground ground = new RedisLink.Ground(
        config.server(),
        () -> Redis.createClient(vertx, options),
        new VertxScheduler(vertx),
        new SecureRandom(),
        meters,
        this::changed);
    publishing = new PublishLane(ground);
    subscribing = new SubscribeLane(ground, prefix, listeners);
    meters.levels(() -> state.connected() ? 1 : 0, publishing::waiting, subscribing::channels);
  }

  /**
   * Connects to Redis.
   *
   * @param vertx runs it
   * @param config where Redis is
   * @param market whose updates are carried
   * @param registry takes the carrier's metrics
   * @return the carrier after the first attempt, connected or not
   */
  public static Future<RedisCarrier> open(
      Vertx vertx, RedisConfig config, MarketDescriptor market, MeterRegistry registry) {
    Promise<RedisCarrier> opened = Promise.promise();
    vertx.runOnContext(ignored -> {
      RedisCarrier carrier = new RedisCarrier(vertx, config, market, registry);
      Future.join(carrier.publishing.link().open(), carrier.subscribing.link().open())
          .<RedisCarrier>map(tried -> carrier)
          .onComplete(opened);
    });
    return opened.future();
  }

  private void changed() {
    String fault = publishing.fault().isEmpty() ? subscribing.fault() : publishing.fault();
    state = new CarrierState(MODE, fault.isEmpty(), fault);
  }

  @Override
  public void publish(String address, Buffer body, MultiMap headers) {
    if (closed) {
      return;
    }
    inbox.add(new Outgoing(prefix + address, Envelope.join(headers, body)));
    if (emptying.compareAndSet(false, true)) {
      context.runOnContext(ignored -> empty());
    }
  }

  private void empty() {
    emptying.set(false);
    Outgoing message;
    while ((message = inbox.poll()) != null) {
      publishing.add(message);
    }
    publishing.flush();
  }

  @Override
  public FanoutSubscription subscribe(String address, Consumer<FanoutMessage> handler) {
    LocalSubscription subscription = new LocalSubscription(
        address,
        vertx.getOrCreateContext(),
        handler,
        ended -> context.runOnContext(ignored -> subscribing.remove(ended)));
    context.runOnContext(ignored -> subscribing.add(subscription));
    return subscription;
  }

  @Override
  public Registration listen(Listener listener) {
    return listeners.add(listener);
  }

  @Override
  public boolean delivers() {
    return subscribing.delivers();
  }

  @Override
  public CarrierState state() {
    return state;
  }

  @Override
  public Future<Void> close() {
    closed = true;
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        ignored -> Future.join(publishing.link().close(), subscribing.link().close())
            .<Void>mapEmpty()
            .onComplete(done));
    return done.future();
  }
}
