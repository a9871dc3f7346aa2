package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.FeedSink;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Origin;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * An account alone: what it has is asked of it whether it is healthy or not, and notes are taken of how it does. What it
 * streams goes on as it comes, topics with its name; quotes that are not to be trusted too, but the market's status says so.
 * Confined to one event loop.
 */
final class SoleProvider extends RoutedProvider {
  private final Stream stream;

  private SoleProvider(Account account, Stream stream, ProviderContext context) {
    super(List.of(account), context);
    this.stream = stream;
  }

  /** Opens the account. */
  static SoleProvider open(ProviderConfig config, ProviderContext context) {
    Stream stream = new Stream(context, new Origin(config.id(), ""));
    Account account = Account.open(config, context, stream);
    stream.quotes.open(account);
    return new SoleProvider(account, stream, context);
  }

  /** The account's feed on its way out. */
  private static final class Stream implements FeedSink {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final FeedSink out;
    private final LongSupplier nanoClock;
    private final Scheduler scheduler;
    private final Origin origin;
    private final Map<String, FeedStatus> statuses = new HashMap<>();
    private final TrustedQuotes quotes;
    private long looked;
    private Scheduler.Cancellable next = () -> {};
    private boolean closed;

    Stream(ProviderContext context, Origin origin) {
      this.out = context.sink();
      this.nanoClock = context.nanoClock();
      this.scheduler = context.scheduler();
      this.origin = origin;
      looked = nanoClock.getAsLong();
      quotes = new TrustedQuotes(looked);
    }

    @Override
    public void accept(List<FeedEvent> events) {
      boolean asIs = true;
      for (FeedEvent event : events) {
        if (event instanceof QuoteEvent quote) {
          quotes.see(quote);
        }
        asIs &= !isStatus(event);
      }
      out.accept(asIs ? events : events.stream().map(this::noted).toList());
      if (nanoClock.getAsLong() - looked >= LOOK.toNanos()) {
        look();
      }
    }

    /** Goes on looking while there is trust to regain, for that may come of silence. */
    private void look() {
      looked = nanoClock.getAsLong();
      quotes.look(looked).forEach(this::judged);
      next.cancel();
      if (!closed && quotes.isAnyDistrusted()) {
        next = scheduler.after(LOOK, this::look);
      }
    }

    void close() {
      closed = true;
      next.cancel();
    }

    private static boolean isStatus(FeedEvent event) {
      return event instanceof FeedStatus || event instanceof TopicStatus;
    }

    private FeedEvent noted(FeedEvent event) {
      if (event instanceof FeedStatus status) {
        statuses.put(status.market(), status);
        return told(status);
      }
      return event instanceof TopicStatus status ? status.of(origin) : event;
    }

    private void judged(AssetClass market) {
      Optional.ofNullable(statuses.get(market.market()))
          .ifPresent(status -> out.accept(List.of(told(status))));
    }

    private FeedStatus told(FeedStatus status) {
      return status.state() == FeedStatus.State.STREAMING && quotes.isDistrusted(status.market())
          ? new FeedStatus(
              status.provider(),
              status.market(),
              status.state(),
              TrustedQuotes.words(List.of(status.provider())),
              status.delayMillis(),
              status.missing(),
              status.lastFrameMillis())
          : status;
    }

    Map<String, String> states() {
      Map<String, String> states = new HashMap<>();
      statuses.forEach(
          (market, status) -> states.put(market, status.state().name().toLowerCase(Locale.ROOT)));
      return states;
    }
  }

  @Override
  Map<String, String> streams(int account) {
    return stream.states();
  }

  @Override
  public void demand(Set<Topic> topics) {
    asked().get(0).provider().demand(topics);
  }

  @Override
  public Future<Void> close() {
    stream.close();
    return super.close();
  }
}
