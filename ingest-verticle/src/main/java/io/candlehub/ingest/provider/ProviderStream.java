package io.candlehub.ingest.provider;

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
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of an account, kept alive as long as topics are wanted.
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
public final class ProviderStream {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderStream.class);

  private final StreamLine.Maker maker;
  private final Feed feed;
  private final StreamTimings timings;
  private final MarketClock marketClock;
  private final Scheduler scheduler;
  private final FeedMeters meters;
  private final StreamVoice voice;
  private final Backoff backoff;
  private final StreamWatch watch;
  private Set<Topic> wanted = Set.of();
  private StreamLine line;
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

  /**
   * What a stream carries.
   *
   * @param provider the provider's id
   * @param markets the asset classes it carries, as {@code FeedStatus} names them; their states are the same
   * @param delayed true if all data are delayed, whichever host they are from
   */
  public record Feed(String provider, List<String> markets, boolean delayed) {
    /** Copies the list. */
    public Feed {
      markets = List.copyOf(markets);
    }
  }

  /**
   * Creates a stream that connects when something is wanted.
   *
   * @param maker makes its connections, one at a time
   * @param feed what it carries
   */
  public ProviderStream(
      StreamLine.Maker maker, Feed feed, StreamTimings timings, ProviderContext context) {
    this.maker = maker;
    this.feed = feed;
    this.timings = timings;
    this.marketClock = context.marketClock();
    this.scheduler = context.scheduler();
    this.meters = context.meters();
    this.voice = new StreamVoice(feed, context.sink());
    this.backoff = new Backoff(timings.firstRetry(), timings.longestRetry(), context.random());
    this.watch = new StreamWatch(timings, voice, context);
  }

  /**
   * Sets the complete set of wanted topics, all of which it carries, the most important first: they are asked for in that
   * order. Another order alone counts from the next request on.
   */
  public void demand(Set<Topic> topics) {
    boolean same = topics.equals(wanted);
    if (!closed) {
      wanted = Collections.unmodifiableSet(new LinkedHashSet<>(topics));
    }
    if (!closed && !same) {
      idleTimer.cancel();
      if (topics.isEmpty()) {
        rest();
      } else {
        work();
      }
    }
    voice.flush();
  }

  /** Takes what the provider's history says: it may show that the stream is mute. */
  public void compare(HistoryQuery query, History history) {
    if (streaming && !closed) {
      watch.compare(line, query, history);
      voice.flush();
    }
  }

  /** Takes a pause of trading, or its end, that another stream told. */
  public void halted(HaltEvent halt) {
    watch.event(halt);
  }

  /** Closes the connection for good; done when it is closed, also one that was just being opened. */
  public Future<Void> close() {
    closed = true;
    idleTimer.cancel();
    endLine("shutting down");
    return lastClosed;
  }

  private void rest() {
    watch.forgive();
    if (line != null) {
      line.want(wanted);
      idleTimer = scheduler.after(timings.idle(), () -> endLine("no stream is wanted"));
    }
    voice.report(FeedStatus.State.IDLE, "");
  }

  private void work() {
    if (line != null) {
      line.want(wanted);
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
    if (closed || wanted.isEmpty() || line != null) {
      return;
    }
    if (connectedBefore) {
      meters.reconnect();
    }
    connectedBefore = true;
    Connection connection = new Connection(realTimeRefused);
    realTimeRefused = false;
    line = maker.make(connection.onDelayedHost, connection);
    connection.mine = line;
    line.open(wanted);
  }

  private void endLine(String reason) {
    if (line != null) {
      line.end(StreamEnd.LOST, reason);
    }
  }

  private void planWatch(StreamLine watched) {
    scheduler.after(timings.watch(), () -> {
      if (line == watched && !closed) {
        if (watch.look(watched)) {
          replacing = true;
          endLine(watch.muteReason());
        }
        voice.flush();
        planWatch(watched);
      }
    });
  }

  /** Follows one connection. */
  private final class Connection implements StreamListener {
    private final boolean onDelayedHost;
    private StreamLine mine;

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
      line = null;
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
          "stream ended [provider: {}, markets: {}, reason: {}, retryAfterMillis: {}]",
          feed.provider(),
          feed.markets(),
          reason,
          wait.toMillis());
      waiting = true;
      scheduler.after(wait, ProviderStream.this::connect);
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
