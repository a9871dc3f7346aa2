package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.FeedSink;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An account alone: what it has is asked of it whether it is healthy or not, and notes are taken of how it does. What it
 * streams goes on as it comes, topics with its name. Confined to one event loop.
 */
final class SoleProvider extends RoutedProvider {
  private final Stream stream;

  private SoleProvider(Account account, Stream stream, ProviderContext context) {
    super(List.of(account), context);
    this.stream = stream;
  }

  /** Opens the account. */
  static SoleProvider open(ProviderConfig config, ProviderContext context) {
    Stream stream = new Stream(context.sink(), new Origin(config.id(), ""));
    return new SoleProvider(Account.open(config, context, stream), stream, context);
  }

  /** The account's feed on its way out. */
  private static final class Stream implements FeedSink {
    private final FeedSink out;
    private final Origin origin;
    private final Map<String, String> states = new HashMap<>();

    Stream(FeedSink out, Origin origin) {
      this.out = out;
      this.origin = origin;
    }

    @Override
    public void accept(List<FeedEvent> events) {
      boolean asIs = events.stream().noneMatch(Stream::isStatus);
      out.accept(asIs ? events : events.stream().map(this::noted).toList());
    }

    private static boolean isStatus(FeedEvent event) {
      return event instanceof FeedStatus || event instanceof TopicStatus;
    }

    private FeedEvent noted(FeedEvent event) {
      if (event instanceof FeedStatus status) {
        states.put(status.market(), status.state().name().toLowerCase(Locale.ROOT));
      }
      return event instanceof TopicStatus status ? status.of(origin) : event;
    }
  }

  @Override
  Map<String, String> streams(int account) {
    return stream.states;
  }

  @Override
  public void demand(Set<Topic> topics) {
    asked().get(0).provider().demand(topics);
  }
}
