package io.candlehub.gateway.stream;

import io.candlehub.bus.FanoutCarrier;
import io.candlehub.cluster.Registration;
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
  private final Alerts alerts;
  private Registration carrier = () -> {};

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
    this.status = new MarketStatus(hub, pace, meters, this::hubLost, this::hubBack);
    this.demand =
        new DemandLease(hub, "gateway-" + UUID.randomUUID(), pace.scheduler(), status::doubt);
    this.charts = new ChartStreams(hub, pace, meters, demand, status.marketMillis());
    this.quotes = new QuoteStreams(hub, pace, meters, demand, status.feedMillis());
    this.alerts = new Alerts(hub, meters);
  }

  /** While nothing is delivered the clients are told so, as if the hub were lost; afterwards what was missed is asked for. */
  private FanoutCarrier.Listener interruptions() {
    return new FanoutCarrier.Listener() {
      @Override
      public void lost() {
        charts.hubLost();
        quotes.hubLost();
      }

      @Override
      public void restored() {
        charts.hubBack();
        quotes.hubBack();
      }
    };
  }

  private void hubLost() {
    charts.hubLost();
    quotes.hubLost();
  }

  private void hubBack() {
    demand.renew();
    charts.hubBack();
    quotes.hubBack();
  }

  /** Follows the market's status and the hub's alerts; completes when the node listens. */
  public Future<Void> start() {
    carrier = hub.onCarrier(interruptions());
    return Future.join(status.start(), alerts.start()).mapEmpty();
  }

  /** Ends every stream and gives the demand up. */
  public Future<Void> stop() {
    carrier.cancel();
    Future<Void> released = demand.release();
    charts.closeAll();
    quotes.closeAll();
    return Future.join(released, status.stop(), alerts.stop()).mapEmpty();
  }

  /** Returns the way to the hub. */
  public HubClient hub() {
    return hub;
  }

  /** Returns the market's status. */
  public MarketStatus status() {
    return status;
  }

  /** Returns the hub's alerts. */
  public Alerts alerts() {
    return alerts;
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
