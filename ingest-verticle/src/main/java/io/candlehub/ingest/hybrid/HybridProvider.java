package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several accounts as one, whose streams go by {@link StreamRouter}. Every datum says which account told it and why not
 * the first one. Confined to one event loop.
 */
final class HybridProvider extends RoutedProvider {
  private final StreamRouter streams;

  private HybridProvider(List<Account> accounts, StreamRouter streams, ProviderContext context) {
    super(accounts, context);
    this.streams = streams;
    streams.open(accounts);
  }

  /** Opens all accounts, the preferred first. */
  static HybridProvider open(List<ProviderConfig> configs, ProviderContext context) {
    StreamRouter streams = new StreamRouter(
        configs.stream().map(ProviderConfig::id).toList(),
        context.sink(),
        context.nanoClock(),
        context.scheduler());
    List<Account> opened = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      opened.add(Account.open(configs.get(i), context, streams.sink(i)));
    }
    return new HybridProvider(opened, streams, context);
  }

  @Override
  Map<String, String> streams(int account) {
    return streams.states(account);
  }

  @Override
  public void demand(Set<Topic> topics) {
    streams.demand(topics);
  }

  @Override
  public Future<Void> close() {
    streams.close();
    return super.close();
  }
}
