package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.Backoff;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account's one stream of a market, kept alive as long as topics are wanted.
 *
 * <p>After a loss it connects again with doubled, jittered waits, which start over only after ten seconds of stable
 * streaming: an accepted key alone proves nothing while two processes evict each other. After an eviction it stays away
 * for a minute, after a refused key or plan it tries once a minute. If the plan has delayed data only it moves to the
 * delayed host; each new connection asks the real-time host first, because a plan may have changed. A connection from
 * which nothing comes although something should is reported as mute and replaced if the silence lasts; it counts as mute
 * until the first data ({@link StreamWatch}).
 *
 * <p>Everything said to the sink is in the order of the wire. Confined to one event loop.
 */
final class MassiveStream {
  private static final Logger LOG = LoggerFactory.getLogger(MassiveStream.class);
  private static final int MAX_FRAME_BYTES = 4 << 20;

  private final MassiveConfig config;
  private final StreamMarket market;
  private final StreamTimings timings;
  private final WebSocketClient client;
  private final MarketClock marketClock;
  private final LongSupplier nanoClock;
  private final Scheduler scheduler;
  private final FeedMeters meters;
  private final StreamVoice voice;
  private final FrameParser parser;
  private final Backoff backoff;
  private final StreamWatch watch;
  private Set<Topic> wanted = Set.of();
  private StreamSession session;
  private Future<Void> lastClosed = Future.succeededFuture();
  private Scheduler.Cancellable idleTimer = () -> {};
  private FeedStatus.State lossState = FeedStatus.State.DISCONNECTED;
  private String lossReason = "";
  private boolean waiting;
  private boolean closed;
  private boolean connectedBefore;
  private boolean streaming;
  private boolean replacing;
  private boolean realTimeRefused;

  MassiveStream(
      MassiveConfig config, StreamMarket market, StreamTimings timings, ProviderContext context) {
    this.config = config;
    this.market = market;
    this.timings = timings;
    this.client = context
        .vertx()
        .createWebSocketClient(new WebSocketClientOptions()
            .setMaxFrameSize(MAX_FRAME_BYTES)
            .setMaxMessageSize(MAX_FRAME_BYTES)
            .setTcpNoDelay(true));
    this.marketClock = context.marketClock();
    this.nanoClock = context.nanoClock();
    this.scheduler = context.scheduler();
    this.meters = context.meters();
    this.voice = new StreamVoice(market, context.sink());
    this.parser = new FrameParser(meters);
    this.backoff = new Backoff(timings.firstRetry(), timings.longestRetry(), context.random());
    this.watch = new StreamWatch(timings, voice, context);
  }

  /** Sets the complete set of wanted topics, all of this market. */
  void demand(Set<Topic> topics) {
    if (!closed && !topics.equals(wanted)) {
      wanted = topics;
      idleTimer.cancel();
      if (topics.isEmpty()) {
        rest();
      } else {
        work();
      }
    }
    voice.flush();
  }

  /** Takes a pause of trading in a share, or its end: options on it pause too. */
  void halted(HaltEvent halt) {
    watch.event(halt);
  }

  /** Takes what the provider's history says: it may show that the stream is mute. */
  void compare(HistoryQuery query, History history) {
    if (streaming && !closed) {
      watch.compare(session, query, history);
      voice.flush();
    }
  }

  /** Closes the connection for good; done when it is closed, also one that was just being opened. */
  Future<Void> close() {
    closed = true;
    idleTimer.cancel();
    endSession("shutting down");
    return lastClosed.transform(ended -> client.close());
  }

  private void rest() {
    watch.forgive();
    if (session != null) {
      session.want(wanted);
      idleTimer = scheduler.after(timings.idle(), () -> endSession("no stream is wanted"));
    }
    voice.report(FeedStatus.State.IDLE, "");
  }

  private void work() {
    if (session != null) {
      session.want(wanted);
      if (!watch.isMute() && streaming) {
        voice.report(FeedStatus.State.STREAMING, "");
      } else if (voice.isIdle()) {
        voice.report(FeedStatus.State.CONNECTING, "");
      }
    } else if (waiting) {
      voice.report(lossState, lossReason);
    } else {
      voice.report(FeedStatus.State.CONNECTING, "");
      connect();
    }
  }

  private void connect() {
    waiting = false;
    if (closed || wanted.isEmpty() || session != null) {
      return;
    }
    if (connectedBefore) {
      meters.reconnect();
    }
    connectedBefore = true;
    Connection connection = new Connection(realTimeRefused);
    realTimeRefused = false;
    session = new StreamSession(
        client,
        URI.create((connection.onDelayedHost ? config.delayedWsUrl() : config.wsUrl()) + "/"
            + market.wireName()),
        config.apiKey(),
        timings,
        scheduler,
        nanoClock,
        parser,
        connection);
    connection.mine = session;
    session.open(wanted);
  }

  private void endSession(String reason) {
    if (session != null) {
      session.end(StreamEnd.LOST, reason);
    }
  }

  private void planWatch(StreamSession watched) {
    scheduler.after(timings.watch(), () -> {
      if (session == watched && !closed) {
        if (watch.look(watched)) {
          replacing = true;
          endSession(watch.muteReason());
        }
        voice.flush();
        planWatch(watched);
      }
    });
  }

  /** Follows one connection. */
  private final class Connection implements StreamListener {
    private final boolean onDelayedHost;
    private StreamSession mine;

    Connection(boolean onDelayedHost) {
      this.onDelayedHost = onDelayedHost;
    }

    @Override
    public void live() {
      if (!watch.isMute() && !wanted.isEmpty()) {
        voice.report(FeedStatus.State.CONNECTING, "");
      }
    }

    @Override
    public void settled() {
      streaming = true;
      voice.delayed(onDelayedHost);
      watch.begin();
      if (!watch.isMute() && !wanted.isEmpty()) {
        voice.report(FeedStatus.State.STREAMING, "");
      }
      planWatch(mine);
    }

    @Override
    public void event(FeedEvent event) {
      watch.event(event);
      voice.add(event);
    }

    @Override
    public void data() {
      watch.data();
    }

    @Override
    public void frame() {
      meters.frame();
      voice.frameAt(marketClock.millis());
    }

    @Override
    public void missing(Set<Channel> channels) {
      voice.missing(channels);
    }

    @Override
    public void pause() {
      if (!closed) {
        voice.flush();
      }
    }

    @Override
    public void ended(StreamEnd end, String reason, Future<Void> socketClosed) {
      if (streaming
          && !watch.isMute()
          && watch.streamedNanos() >= timings.stable().toNanos()) {
        backoff.reset();
      }
      session = null;
      streaming = false;
      lastClosed = socketClosed;
      switch (end) {
        case LOST -> lost(FeedStatus.State.DISCONNECTED, reason, backoff.next());
        case EVICTED -> lost(FeedStatus.State.EVICTED, reason, longer(timings.evictionCoolDown()));
        case KEY_REFUSED, PLAN_REFUSED ->
          lost(FeedStatus.State.REFUSED, reason, timings.refusedRetry());
        case DELAYED_ONLY -> moveToDelayed(reason, socketClosed);
      }
      replacing = false;
    }

    private Duration longer(Duration least) {
      Duration wait = backoff.next();
      return wait.compareTo(least) > 0 ? wait : least;
    }

    private void lost(FeedStatus.State state, String reason, Duration wait) {
      if (closed || (wanted.isEmpty() && state == FeedStatus.State.DISCONNECTED)) {
        return;
      }
      if (!replacing) {
        watch.forgive();
      }
      lossState = watch.isMute() ? FeedStatus.State.MUTE : state;
      lossReason = reason;
      if (!wanted.isEmpty()) {
        voice.report(lossState, lossReason);
      }
      LOG.info(
          "stream ended [market: {}, reason: {}, retryAfterMillis: {}]",
          market.wireName(),
          reason,
          wait.toMillis());
      waiting = true;
      scheduler.after(wait, MassiveStream.this::connect);
    }

    private void moveToDelayed(String reason, Future<Void> socketClosed) {
      if (onDelayedHost) {
        lost(FeedStatus.State.REFUSED, reason, timings.refusedRetry());
        return;
      }
      realTimeRefused = true;
      voice.delayed(true);
      if (!wanted.isEmpty()) {
        voice.report(FeedStatus.State.CONNECTING, reason);
      }
      lossState = FeedStatus.State.CONNECTING;
      lossReason = reason;
      waiting = true;
      socketClosed.onComplete(outcome -> connect());
    }
  }
}
