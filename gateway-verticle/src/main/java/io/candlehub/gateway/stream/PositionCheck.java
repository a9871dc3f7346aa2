package io.candlehub.gateway.stream;

import io.candlehub.bus.StreamPositions;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the streams with where their owners say they are. What is behind still after a moment has missed something and
 * asks for it. An owner whose streams have all come to where it says need not tell these again.
 *
 * <p>Confined to the gateway's event loop.
 */
final class PositionCheck {
  /** How far what a hub publishes may be behind what it tells of its positions. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final ChartStreams charts;
  private final QuoteStreams quotes;
  private final DemandLease demand;
  private final Scheduler scheduler;

  PositionCheck(ChartStreams charts, QuoteStreams quotes, DemandLease demand, Scheduler scheduler) {
    this.charts = charts;
    this.quotes = quotes;
    this.demand = demand;
    this.scheduler = scheduler;
  }

  /** A stream that is not where its owner says. */
  interface Behind {
    /** Returns whether it has come there after a moment; asks for what it missed if it has heard nothing since. */
    boolean hasCome();
  }

  /** Takes what an owner tells. */
  void told(StreamPositions positions) {
    List<Behind> behind = new ArrayList<>();
    positions.charts().forEach(chart -> charts.told(chart).ifPresent(behind::add));
    positions.quotes().forEach(quote -> quotes.told(quote).ifPresent(behind::add));
    if (behind.isEmpty()) {
      known(positions);
    } else {
      scheduler.after(MOMENT, () -> {
        if (behind.stream().filter(stream -> !stream.hasCome()).count() == 0) {
          known(positions);
        }
      });
    }
  }

  private void known(StreamPositions positions) {
    if (positions.upTo() > 0) {
      demand.positionsKnown(positions.hub(), positions.upTo());
    }
  }
}
