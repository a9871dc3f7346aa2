package io.candlehub.bus;

import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import java.util.Optional;

/**
 * Every event-bus address, built and read in one place (contract §5).
 *
 * <p>Outbound stream addresses carry the symbol behind the last fixed dot, so symbols may contain dots.
 */
public final class Addresses {
  /** Snapshot of a chart, or the update after {@code since}. */
  public static final String COMMAND_CHART = "md.command.chart";

  /** Bars of a range, for REST. */
  public static final String COMMAND_HISTORY = "md.command.history";

  /** The last quote. */
  public static final String COMMAND_QUOTE = "md.command.quote";

  /** The market's status. */
  public static final String COMMAND_STATUS = "md.command.status";

  /** Sets or renews a consumer's demand. */
  public static final String COMMAND_DEMAND = "md.command.demand";

  /** The state of feeds and stores, for operators. */
  public static final String COMMAND_HEALTH = "md.command.health";

  /** The market's status, published when it changes and every few seconds. */
  public static final String STATUS = "md.status";

  /** Alerts about the data, published once per occurrence. */
  public static final String ALERTS = "md.alerts";

  /** Loads bars of a list of symbols and timeframes before somebody asks for them. Not reachable by clients. */
  public static final String COMMAND_WARM = "md.command.warm";

  /** Sets the topics a hub node wants streamed: {@code {node, topics}}, the complete set, renewed every few seconds. */
  public static final String INGEST_DEMAND = "ingest.demand";

  /** Raw bars of a range from the provider. */
  public static final String INGEST_HISTORY = "ingest.history";

  /** Ends the wait for a question that {@link #INGEST_HISTORY} was asked. */
  public static final String INGEST_CANCEL = "ingest.cancel";

  /** What the provider says about the market. */
  public static final String INGEST_MARKET_STATUS = "ingest.market-status";

  /** Search in the provider's reference data. */
  public static final String INGEST_SYMBOLS = "ingest.symbols";

  /** One instrument of the provider's reference data. */
  public static final String INGEST_INSTRUMENT = "ingest.instrument";

  /** Splits of an instrument. */
  public static final String INGEST_SPLITS = "ingest.splits";

  /** The {@link io.candlehub.model.Expirations} of the options on an underlying: {@code {symbol}}. */
  public static final String INGEST_EXPIRATIONS = "ingest.expirations";

  /** The {@link io.candlehub.model.ChainSnapshot} of a range of expirations: {@code {symbol, first, last, priority}}. */
  public static final String INGEST_CHAIN = "ingest.chain";

  /** The {@link io.candlehub.model.SnapshotLeg} of one contract: {@code {symbol}}. */
  public static final String INGEST_CONTRACT = "ingest.contract";

  /** The {@link io.candlehub.model.MarketSnapshot}s of several instruments: {@code {symbols, priority}}. */
  public static final String INGEST_SNAPSHOTS = "ingest.snapshots";

  /** The {@link io.candlehub.model.feed.PastTrades} of an instrument: {@code {symbol, limit}}. */
  public static final String INGEST_TRADES = "ingest.trades";

  /** How the provider's accounts do: {@code {}}. */
  public static final String INGEST_PROVIDERS = "ingest.providers";

  /** How far a hub has come with the feed: {@link FeedAcks}, sent without reply. */
  public static final String INGEST_ACK = "ingest.ack";

  /** Asks for frames of the feed again: {@link FeedReplay}. */
  public static final String INGEST_REPLAY = "ingest.replay";

  /**
   * Published by a hub that serves shards from now on: {@code {shards, terms, term, node}}, {@code term} being the
   * highest of the shards' terms. Demand is to be told again.
   */
  public static final String HUB_OWNER = "hub.owner";

  private static final String HUB_STANDBY_PREFIX = "hub.standby.";
  private static final String HUB_COMMAND_PREFIX = "hub.command.";
  private static final String HUB_DEMAND_PREFIX = "hub.demand.";
  private static final String HUB_INBOX_PREFIX = "hub.inbox.";
  private static final String STANDBY_DEMAND_PREFIX = "ingest.demand.";
  private static final String INGEST_COMMAND_PREFIX = "ingest.command.";

  private static final String GATEWAY_POSITIONS_PREFIX = "gateway.positions.";

  private static final String CHART_PREFIX = "md.chart.";
  private static final String QUOTE_PREFIX = "md.quote.";

  private Addresses() {}

  /** Returns the address at which a hub node takes {@link io.candlehub.model.feed.FeedParcel}s. */
  public static String hubInbox(String nodeId) {
    return HUB_INBOX_PREFIX + nodeId;
  }

  /** Returns the address at which a hub node takes the state of the shards it stands by for. */
  public static String hubStandby(String nodeId) {
    return HUB_STANDBY_PREFIX + nodeId;
  }

  /** Returns the address at which a hub node answers commands that another one passes on. */
  public static String hubCommand(String nodeId) {
    return HUB_COMMAND_PREFIX + nodeId;
  }

  /** Returns the address at which a hub node hears a consumer's demand that another one was told. */
  public static String hubDemand(String nodeId) {
    return HUB_DEMAND_PREFIX + nodeId;
  }

  /** Returns the address at which an ingest node hears from the leading one what is demanded. */
  public static String standbyDemand(String nodeId) {
    return STANDBY_DEMAND_PREFIX + nodeId;
  }

  /**
   * Returns the address at which a node that leads ingest takes every {@code ingest.*} question; which one it is says
   * the header {@link IngestLink#COMMAND}.
   */
  public static String ingestCommand(String nodeId) {
    return INGEST_COMMAND_PREFIX + nodeId;
  }

  /** Returns the address at which a gateway node hears {@link StreamPositions}. */
  public static String gatewayPositions(String nodeId) {
    return GATEWAY_POSITIONS_PREFIX + nodeId;
  }

  /** Returns the address of a chart stream, for example {@code md.chart.1m.SPY} or {@code md.chart.5m:regular.SPY}. */
  public static String chart(StreamKey key) {
    String mode = key.sessionMode() == SessionMode.REGULAR ? ":regular" : "";
    return CHART_PREFIX + key.timeframe().wireName() + mode + "."
        + key.instrument().symbol();
  }

  /** Returns the address of an instrument's quotes, for example {@code md.quote.SPY}. */
  public static String quote(Instrument instrument) {
    return QUOTE_PREFIX + instrument.symbol();
  }

  /** Returns the stream of a chart address, or empty if the address is none. */
  public static Optional<StreamKey> parseChart(String address) {
    if (!address.startsWith(CHART_PREFIX)) {
      return Optional.empty();
    }
    int dot = address.indexOf('.', CHART_PREFIX.length());
    if (dot < 0) {
      return Optional.empty();
    }
    String frame = address.substring(CHART_PREFIX.length(), dot);
    boolean regular = frame.endsWith(":regular");
    Optional<Timeframe> timeframe =
        Timeframe.parse(regular ? frame.substring(0, frame.length() - ":regular".length()) : frame);
    SessionMode mode = regular ? SessionMode.REGULAR : SessionMode.EXTENDED;
    return timeframe.flatMap(found -> Instrument.parse(address.substring(dot + 1))
        .map(instrument -> new StreamKey(instrument, found, mode)));
  }

  /** Returns the instrument of a quote address, or empty if the address is none. */
  public static Optional<Instrument> parseQuote(String address) {
    return address.startsWith(QUOTE_PREFIX)
        ? Instrument.parse(address.substring(QUOTE_PREFIX.length()))
        : Optional.empty();
  }
}
