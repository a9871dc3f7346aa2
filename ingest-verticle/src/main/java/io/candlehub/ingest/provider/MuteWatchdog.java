package io.candlehub.ingest.provider;

import io.candlehub.cluster.Shards;
import io.candlehub.model.AssetClass;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges silence: should data be arriving, and how sure is it that they should?
 *
 * <p>Only the regular session of shares is watched by rate, of options and indices too, which may have longer ones but
 * then are thin; before and after it, on other days and, on delayed feeds, that much later, silence is normal. Silence becomes suspicious after 15 s of market time and 3 s of
 * wall time, whichever ends later, and then the connection is probed. It is judged mute when it is also improbable for
 * what is subscribed: every topic's usual rate is learned, and the logarithms of the probabilities add up, of topics made
 * of the same trades the one that tells most, and so of the options on one underlying, which move with it. The limit is e^-20, so that arrivals at random raise no alarm in years. Topics of which nothing is known yet count for next
 * to nothing: whether an unknown symbol is thin or its feed mute, silence alone cannot tell.
 *
 * <p>The provider's own history can: if it has minutes of which the stream brought nothing, the stream is mute, in any
 * session and however little is known. Two such minutes are needed, because a late report may make one.
 *
 * <p>One topic may be mute while others flow; the same rules apply, with a minute of silence at least, but not to an
 * option: it falls silent when the price moves away from its strike. Instruments whose trading is paused, and options on
 * them, are not watched. All times but nanos are feed times: market now less the feed's delay. Confined to
 * one event loop.
 */
final class MuteWatchdog {
  /** What silence means. */
  enum Verdict {
    /** Nothing needs to arrive now. */
    UNWATCHED,
    /** Data arrive, or their absence is normal. */
    FINE,
    /** Longer silent than a busy stream would be. */
    SUSPICIOUS,
    /** Data should have arrived. */
    MUTE
  }

  private static final double IMPROBABLE = 20;
  private static final double IMPROBABLE_ALONE = 25;
  private static final long TOPIC_MILLIS = 60_000;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long LATE_MILLIS = 10_000;
  private static final int PROOFS = 2;
  private static final int REMEMBERED = 20_000;
  private static final List<Channel> MADE_OF_TRADES =
      List.of(Channel.SECONDS, Channel.MINUTES, Channel.TRADES);

  private final TradingCalendar calendar;
  private final long suspiciousMarketMillis;
  private final long suspiciousWallNanos;
  private final Map<Topic, TopicWatch> watches = new LinkedHashMap<>();
  private long lastMillis;
  private long lastNanos;
  private long openMillis = -1;
  private long judgedMillis = -1;
  private boolean proven;

  /**
   * Creates a watchdog that knows nothing.
   *
   * @param calendar the trading hours of shares
   * @param suspiciousMarket shortest suspicious silence in market time
   * @param suspiciousWall shortest suspicious silence in wall time
   */
  MuteWatchdog(TradingCalendar calendar, Duration suspiciousMarket, Duration suspiciousWall) {
    this.calendar = calendar;
    this.suspiciousMarketMillis = suspiciousMarket.toMillis();
    this.suspiciousWallNanos = suspiciousWall.toNanos();
  }

  /** Starts to listen on a new connection: silence counts from here. */
  void listen(long feedMillis, long nanos) {
    lastMillis = feedMillis;
    lastNanos = nanos;
    judgedMillis = -1;
    proven = false;
    watches.values().stream()
        .filter(TopicWatch::isListening)
        .forEach(watch -> watch.ready(feedMillis, nanos));
  }

  /** Takes that data of a topic may arrive from now on. */
  void ready(Topic topic, long feedMillis, long nanos) {
    if (topic.channel() != Channel.HALTS) {
      forgetOne();
      watches
          .computeIfAbsent(topic, added -> new TopicWatch(added.channel(), sourceOf(added)))
          .ready(feedMillis, nanos);
      lastNanos = nanos;
    }
  }

  /** Takes that no more data of a topic will arrive. */
  void lost(Topic topic) {
    TopicWatch watch = watches.get(topic);
    if (watch != null) {
      watch.lost();
    }
  }

  /** Takes a pause of an instrument's trading or its end. */
  void halted(Instrument instrument, boolean now, long feedMillis, long nanos) {
    watches.forEach((topic, watch) -> {
      if (watch.source().symbol().equals(instrument.symbol())) {
        watch.halted(now, feedMillis, nanos);
      }
    });
  }

  /** Takes the arrival of any data on the connection. */
  void arrived(long feedMillis, long nanos) {
    if (judgedMillis >= 0) {
      long open = openAt(feedMillis);
      watches
          .values()
          .forEach(
              watch -> watch.resumed(Math.min(judgedMillis, feedMillis), open, feedMillis, nanos));
    }
    judgedMillis = -1;
    proven = false;
    lastMillis = feedMillis;
    lastNanos = nanos;
  }

  /** Takes the arrival of an event of a topic; {@link #arrived(long, long)} was told before. */
  void arrived(Topic topic, long feedMillis, long nanos) {
    TopicWatch watch = watches.get(topic);
    if (watch != null) {
      long open = watch.isNews(feedMillis) ? openAt(feedMillis) : -1;
      watch.arrived(feedMillis, open, nanos);
    }
  }

  /** Judges the silence of the connection so far. */
  Verdict judge(long feedMillis, long nanos) {
    if (proven) {
      return Verdict.MUTE;
    }
    Map<TopicWatch.Source, Double> surprises = new HashMap<>();
    long silentMillis = -1;
    long open = openOnceHeard(feedMillis, nanos);
    for (TopicWatch watch : watches.values()) {
      if (open >= 0 && watch.isListening()) {
        long from = Math.max(Math.max(lastMillis, open), watch.silentFromMillis());
        silentMillis = Math.max(silentMillis, feedMillis - from);
        surprises.merge(watch.source(), watch.surprise(from, feedMillis), Math::max);
      }
    }
    if (silentMillis < 0) {
      return Verdict.UNWATCHED;
    }
    if (silentMillis < suspiciousMarketMillis || nanos - lastNanos < suspiciousWallNanos) {
      return Verdict.FINE;
    }
    if (surprises.values().stream().mapToDouble(Double::doubleValue).sum() < IMPROBABLE) {
      return Verdict.SUSPICIOUS;
    }
    noteMute(feedMillis);
    return Verdict.MUTE;
  }

  /** Returns the topics that fell silent while others flow; each once until something of it arrives. */
  List<Topic> muteTopics(long feedMillis, long nanos) {
    List<Topic> found = new ArrayList<>();
    long open = openOnceHeard(feedMillis, nanos);
    if (open < 0 || feedMillis - lastMillis >= suspiciousMarketMillis) {
      return found;
    }
    for (Map.Entry<Topic, TopicWatch> entry : watches.entrySet()) {
      TopicWatch watch = entry.getValue();
      if (watch.isListening()
          && !watch.isRenewed()
          && entry.getKey().instrument().assetClass() != AssetClass.OPTION
          && feedMillis - Math.max(open, watch.silentFromMillis()) >= TOPIC_MILLIS
          && watch.silentNanos(nanos) >= suspiciousWallNanos
          && watch.surprise(open, feedMillis) >= IMPROBABLE_ALONE) {
        watch.renewed();
        found.add(entry.getKey());
      }
    }
    return found;
  }

  /**
   * Compares the provider's history with what the stream brought. If nothing came on the whole connection, the next
   * judgement is mute.
   *
   * @param minutes the history's minute bars
   * @param askedFeedMillis when it was asked for
   * @return the topics of which nothing came while others did; each once until something of it arrives
   */
  List<Topic> compare(Instrument instrument, BarBlock minutes, long askedFeedMillis, long nanos) {
    List<Topic> found = new ArrayList<>();
    for (Channel channel : MADE_OF_TRADES) {
      Topic topic = new Topic(channel, instrument);
      TopicWatch watch = watches.get(topic);
      if (watch == null || !watch.isListening() || watch.silentNanos(nanos) < suspiciousWallNanos) {
        continue;
      }
      long firstMissed = firstMissed(minutes, watch.silentFromMillis(), askedFeedMillis);
      if (firstMissed >= 0 && lastMillis <= firstMissed) {
        proven = true;
        noteMute(askedFeedMillis);
      } else if (firstMissed >= 0 && !watch.isRenewed()) {
        watch.renewed();
        found.add(topic);
      }
    }
    return found;
  }

  /** Returns the start of the first minute the stream should have told of, or -1 if there are too few. */
  private static long firstMissed(BarBlock minutes, long silentFromMillis, long askedFeedMillis) {
    long first = -1;
    int missed = 0;
    for (int i = minutes.size() - 1; i >= 0; i--) {
      long start = minutes.startMillis(i);
      if (start < silentFromMillis) {
        break;
      }
      if (start + MINUTE_MILLIS + LATE_MILLIS <= askedFeedMillis) {
        missed++;
        first = start;
      }
    }
    return missed >= PROOFS ? first : -1;
  }

  /**
   * Returns what makes the events of a topic: seconds, minutes and trades of an instrument fall silent together, and so do
   * the options on an underlying.
   */
  private static TopicWatch.Source sourceOf(Topic topic) {
    return new TopicWatch.Source(
        Shards.underlying(topic.instrument()), MADE_OF_TRADES.contains(topic.channel()));
  }

  private void noteMute(long feedMillis) {
    if (judgedMillis < 0) {
      judgedMillis = feedMillis;
    }
  }

  /** Returns the start of the regular session if silence means something now, else -1; it counts from the open. */
  private long openOnceHeard(long feedMillis, long nanos) {
    long open = openAt(feedMillis);
    if (open > openMillis && watches.values().stream().anyMatch(TopicWatch::isListening)) {
      openMillis = open;
      lastNanos = nanos;
    }
    return open;
  }

  private long openAt(long feedMillis) {
    return calendar
        .day(calendar.dateOf(feedMillis))
        .filter(day -> day.phaseAt(feedMillis) == SessionPhase.OPEN)
        .map(day -> day.openMillis())
        .orElse(-1L);
  }

  /** Keeps what was learned of topics no longer wanted, up to a bound. */
  private void forgetOne() {
    if (watches.size() >= REMEMBERED) {
      watches.entrySet().stream()
          .filter(entry -> !entry.getValue().isListening())
          .findFirst()
          .map(Map.Entry::getKey)
          .ifPresent(watches::remove);
    }
  }
}
