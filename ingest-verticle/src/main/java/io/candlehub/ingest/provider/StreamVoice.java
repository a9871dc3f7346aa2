package io.candlehub.ingest.provider;

import io.candlehub.ingest.FeedSink;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks to the sink: collects the events of one happening into one batch and puts the connection's state among them
 * whenever it changes. Confined to one event loop.
 */
final class StreamVoice {
  private static final Logger LOG = LoggerFactory.getLogger(StreamVoice.class);

  private static final long DELAY_MILLIS = Duration.ofMinutes(15).toMillis();

  private final ProviderStream.Feed feed;
  private final FeedSink sink;
  private final List<FeedEvent> outbox = new ArrayList<>();
  private FeedStatus.State state = FeedStatus.State.IDLE;
  private String reason = "";
  private boolean delayed;
  private Set<String> missing = Set.of();
  private long lastFrameMillis = -1;

  /** Creates a voice and says that the stream is idle. */
  StreamVoice(ProviderStream.Feed feed, FeedSink sink) {
    this.feed = feed;
    this.sink = sink;
    sayStatus();
    flush();
  }

  /** Adds an event to the batch. */
  void add(FeedEvent event) {
    outbox.add(event);
  }

  /** Says the state if it differs from the last one. */
  void report(FeedStatus.State newState, String newReason) {
    if (state != newState || !reason.equals(newReason)) {
      state = newState;
      reason = newReason;
      sayStatus();
    }
  }

  /** Returns true if the last state said is idle. */
  boolean isIdle() {
    return state == FeedStatus.State.IDLE;
  }

  /** Says which channels are refused if they differ from the last ones. */
  void missing(Set<Channel> channels) {
    Set<String> names =
        channels.stream().map(Channel::wireName).collect(Collectors.toUnmodifiableSet());
    if (!names.equals(missing)) {
      missing = names;
      sayStatus();
    }
  }

  /** Sets whether the data are delayed from now on; said with the next state. */
  void delayed(boolean now) {
    delayed = now;
  }

  /** Returns by how much the data are delayed. */
  long delayMillis() {
    return delayed || feed.delayed() ? DELAY_MILLIS : 0;
  }

  /** Notes the market time of a frame. */
  void frameAt(long marketMillis) {
    lastFrameMillis = marketMillis;
  }

  /** Sends what was collected. */
  void flush() {
    if (!outbox.isEmpty()) {
      sink.accept(List.copyOf(outbox));
      outbox.clear();
    }
  }

  private void sayStatus() {
    LOG.info(
        "stream [provider: {}, markets: {}, state: {}, reason: {}, delayMillis: {}, missing: {}]",
        feed.provider(),
        feed.markets(),
        state,
        reason,
        delayMillis(),
        missing);
    for (String market : feed.markets()) {
      outbox.add(new FeedStatus(
          feed.provider(), market, state, reason, delayMillis(), missing, lastFrameMillis));
    }
  }
}
