package io.candlehub.ingest.provider;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.Alert;
import io.candlehub.model.MarketClock;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that data arrive where they should: probes a suspicious connection, reports a mute one until the first data,
 * and subscribes a mute topic anew, once, with an alert; the connection's state is told to the hub, whose alert it is. Confined to one event loop.
 */
final class StreamWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StreamWatch.class);

  private final StreamTimings timings;
  private final StreamVoice voice;
  private final MarketClock marketClock;
  private final LongSupplier nanoClock;
  private final FeedMeters meters;
  private final Consumer<Alert> alerts;
  private final MuteWatchdog watchdog;
  private boolean mute;
  private String muteReason = "";
  private boolean probed;
  private long probedNanos;
  private long streamingSinceNanos;
  private long lastDataNanos;

  StreamWatch(StreamTimings timings, StreamVoice voice, ProviderContext context) {
    this.timings = timings;
    this.voice = voice;
    this.marketClock = context.marketClock();
    this.nanoClock = context.nanoClock();
    this.meters = context.meters();
    this.alerts = context.alerts();
    this.watchdog =
        new MuteWatchdog(TradingCalendar.nyse(), timings.muteMarket(), timings.muteWall());
  }

  /** Returns true from the judgement that nothing comes until something does. */
  boolean isMute() {
    return mute;
  }

  /** Returns why the connection is held for mute, in words fit for a client. */
  String muteReason() {
    return muteReason;
  }

  /** Takes that nobody expects data any more, or that a connection was lost for another reason. */
  void forgive() {
    mute = false;
  }

  /** Starts to watch a connection whose first topics found their fate. */
  void begin() {
    probed = false;
    streamingSinceNanos = nanoClock.getAsLong();
    watchdog.listen(feedMillis(), streamingSinceNanos);
  }

  /** Returns for how long the connection has been streaming. */
  long streamedNanos() {
    return nanoClock.getAsLong() - streamingSinceNanos;
  }

  /** Takes the arrival of market data; their events follow. */
  void data() {
    lastDataNanos = nanoClock.getAsLong();
    watchdog.arrived(feedMillis(), lastDataNanos);
    hear();
  }

  /** Takes what the feed says. */
  void event(FeedEvent event) {
    long nanos = nanoClock.getAsLong();
    if (event instanceof TopicStatus status) {
      if (status.state() == TopicStatus.State.READY) {
        watchdog.ready(status.topic(), feedMillis(), nanos);
      } else {
        watchdog.lost(status.topic());
      }
    } else if (event instanceof HaltEvent halt) {
      watchdog.halted(halt.instrument(), halt.halted(), feedMillis(), nanos);
    } else {
      DataTopics.of(event).ifPresent(topic -> watchdog.arrived(topic, feedMillis(), nanos));
    }
  }

  /**
   * Looks at the silence.
   *
   * @return true if the connection has been mute for so long that it is to be replaced
   */
  boolean look(StreamLine line) {
    long nanos = nanoClock.getAsLong();
    switch (watchdog.judge(feedMillis(), nanos)) {
      case UNWATCHED -> hear();
      case FINE -> probed = false;
      case SUSPICIOUS -> probe(line, nanos);
      case MUTE -> fallMute("no data although the market is open");
    }
    watchdog
        .muteTopics(feedMillis(), nanos)
        .forEach(topic -> renew(line, topic, "silent although it usually is not"));
    long silentNanos = nanos - Math.max(lastDataNanos, streamingSinceNanos);
    return mute && silentNanos > timings.muteReconnect().toNanos();
  }

  /** Compares the provider's history with what the stream brought. */
  void compare(StreamLine line, HistoryQuery query, History history) {
    if (query.unit() == HistoryUnit.MINUTE) {
      watchdog
          .compare(
              query.instrument(),
              history.bars(),
              history.askedAtMillis() - voice.delayMillis(),
              nanoClock.getAsLong())
          .forEach(topic -> renew(line, topic, "the history has minutes the stream did not bring"));
    }
  }

  private long feedMillis() {
    return marketClock.millis() - voice.delayMillis();
  }

  private void probe(StreamLine line, long nanos) {
    if (!probed) {
      probed = true;
      probedNanos = nanos;
      line.probe();
    } else if (line.lastHeardNanos() - probedNanos < 0
        && nanos - probedNanos > timings.muteWall().toNanos()) {
      fallMute("no answer from the provider");
    }
  }

  private void fallMute(String reason) {
    if (!mute) {
      mute = true;
      muteReason = reason;
      voice.report(FeedStatus.State.MUTE, reason);
      meters.mute(FeedMeters.Mute.CONNECTION);
    }
  }

  private void hear() {
    probed = false;
    if (mute) {
      mute = false;
      voice.report(FeedStatus.State.STREAMING, "");
    }
  }

  private void renew(StreamLine line, Topic topic, String reason) {
    LOG.warn("topic is mute, subscribing anew [topic: {}, reason: {}]", topic, reason);
    meters.mute(FeedMeters.Mute.TOPIC);
    long now = marketClock.millis();
    alerts.accept(new Alert(
        Alert.Kind.MUTE_FEED,
        topic.instrument().symbol(),
        topic.channel().wireName() + ": " + reason,
        now,
        now,
        now));
    line.renew(topic);
  }
}
