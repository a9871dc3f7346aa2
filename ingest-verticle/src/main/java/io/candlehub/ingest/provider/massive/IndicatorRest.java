package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.IndicatorQuery;
import io.candlehub.ingest.Priority;
import io.candlehub.model.AssetClass;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Origin;
import io.vertx.core.Future;
import java.util.List;

/** The indicator endpoints (OpenAPI document, {@code /v1/indicators}). Confined to one event loop. */
final class IndicatorRest {
  private final RestPages pages;
  private final FeedMeters meters;

  IndicatorRest(RestPages pages, FeedMeters meters) {
    this.pages = pages;
    this.meters = meters;
  }

  /** One page is enough: the newest come first, and no more are wanted than a page may have. */
  Future<IndicatorValues> values(IndicatorQuery query, Priority priority) {
    if (query.instrument().assetClass() == AssetClass.FUTURE) {
      return Future.failedFuture(Failure.UNSUPPORTED.because("not available"));
    }
    IndicatorReader reader = new IndicatorReader(query.kind(), meters);
    return RestPages.path(query.instrument())
        .compose(ticker -> pages.one(
            pages.request(path(query, ticker), "indicators", query.instrument().symbol(), priority),
            reader))
        .map(askedAtMillis -> new IndicatorValues(
            query.instrument(), reader.oldestFirst(), new Origin(MassiveModule.ID, "")));
  }

  private static String path(IndicatorQuery query, String ticker) {
    List<Integer> windows = query.windows();
    String parameters = query.kind() == IndicatorKind.MACD
        ? "short_window=" + windows.get(0) + "&long_window=" + windows.get(1) + "&signal_window="
            + windows.get(2)
        : "window=" + windows.get(0);
    return "/v1/indicators/" + query.kind().wireName() + "/" + ticker + "?" + parameters
        + "&timespan=" + query.timeframe().timespan() + "&timestamp.lte=" + query.toMillis()
        + "&series_type=close&adjusted=true&order=desc&limit=" + query.limit();
  }
}
