package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.ChartedBars;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import java.util.Optional;

/** A demanded topic, read once. */
sealed interface DemandTopic {
  /** Returns what the topic of a stream means; empty if it is the topic of none. */
  static Optional<DemandTopic> of(String topic) {
    return Addresses.parseChart(topic)
        .<DemandTopic>map(Chart::new)
        .or(() -> Addresses.parseQuote(topic).map(Quotes::new))
        .or(() -> Addresses.parseTrades(topic).map(Trades::new))
        .or(() -> Addresses.parseChainFocus(topic).map(Chain::new));
  }

  /** Returns what it is about: for a chain the underlying. */
  Instrument instrument();

  /** A chart's stream; it is about whose bars it shows. */
  record Chart(StreamKey key) implements DemandTopic {
    @Override
    public Instrument instrument() {
      return ChartedBars.of(key).instrument();
    }
  }

  /** An instrument's quotes. */
  record Quotes(Instrument instrument) implements DemandTopic {}

  /** An instrument's trades. */
  record Trades(Instrument instrument) implements DemandTopic {}

  /** What a viewer of a chain looks at. */
  record Chain(ChainFocus focus) implements DemandTopic {
    @Override
    public Instrument instrument() {
      return focus.underlying();
    }
  }
}
