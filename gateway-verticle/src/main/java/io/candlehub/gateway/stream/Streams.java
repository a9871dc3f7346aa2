package io.candlehub.gateway.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.UUID;

/**
 * Everything this gateway follows on behalf of its clients, under one demand lease.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class Streams {
  private final HubClient hub;
  private final DemandLease demand;
  private final MarketStatus status;
  private final ChartStreams charts;
  private final QuoteStreams quotes;

  /**
   * Creates the streams; nothing is followed yet.
   *
   * @param hub where they come from
   * @param pace by which times they are served
   * @param registry where they are counted
   */
  public Streams(HubClient hub, Pace pace, MeterRegistry registry) {
    StreamMeters meters = new StreamMeters(registry);
    this.hub = hub;
    this.demand = new DemandLease(hub, "gateway-" + UUID.randomUUID(), pace.scheduler());
    this.status = new MarketStatus(hub, pace, meters);
    this.charts = new ChartStreams(hub, pace, meters, demand, status.marketMillis());
    this.quotes = new QuoteStreams(hub, pace, meters, demand);
  }

  /** Follows the market's status; completes when the node listens. */
  public Future<Void> start() {
    return status.start();
  }

  /** Ends every stream and gives the demand up. */
  public Future<Void> stop() {
    Future<Void> released = demand.release();
    charts.closeAll();
    quotes.closeAll();
    return Future.join(released, status.stop()).mapEmpty();
  }

  /** Returns the way to the hub. */
  public HubClient hub() {
    return hub;
  }

  /** Returns the market's status. */
  public MarketStatus status() {
    return status;
  }

  /** Returns the chart streams. */
  public ChartStreams charts() {
    return charts;
  }

  /** Returns the quote streams. */
  public QuoteStreams quotes() {
    return quotes;
  }
}
