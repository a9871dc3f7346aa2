package io.candlehub.hub;

import io.candlehub.model.Alert;
import io.candlehub.model.feed.FeedStatus;

/** Tells once what everybody should know about the feed. Confined to the hub's event loop. */
final class FeedAlerts {
  private final SeriesParts parts;
  private boolean throttled;

  FeedAlerts(SeriesParts parts) {
    this.parts = parts;
  }

  /** Takes note that the provider limits our requests, for the time of its cool-down. */
  void throttled() {
    if (!throttled) {
      throttled = true;
      long now = parts.clock().millis();
      String message = "The provider limits our requests; what is known is shown.";
      tell(new Alert(Alert.Kind.THROTTLED, parts.providerId(), message, now, now, now));
    }
  }

  /** Looks whether the provider still limits our requests. */
  void look() {
    throttled &= parts.provider().cooldownMillis() > 0;
  }

  /** Tells that a connection is up and carries nothing. */
  void mute(FeedStatus status) {
    if (parts.shards().speaks()) {
      long now = parts.clock().millis();
      long since = Math.min(now, parts.feeds().lastFrameMillis(status.market()).orElse(now));
      String message = "The stream is connected but silent.";
      tell(new Alert(Alert.Kind.MUTE_FEED, status.market(), message, since, now, now));
    }
  }

  private void tell(Alert alert) {
    parts.alerts().accept(alert);
  }
}
