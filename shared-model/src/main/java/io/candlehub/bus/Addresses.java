package io.candlehub.bus;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** The options on an underlying, of one expiration or of all: {@code {underlying, expiration?, …}}. */
  public static final String COMMAND_CHAIN = "md.command.chain";

  /** The dates on which options on an underlying expire: {@code {underlying}}. */
  public static final String COMMAND_EXPIRATIONS = "md.command.expirations";

  /** One option contract with its terms: {@code {symbol}}. */
  public static final String COMMAND_CONTRACT = "md.command.contract";

  /** The newest trades: {@code {symbol, limit}}. */
  public static final String COMMAND_TRADES = "md.command.trades";

  /** The top of the book: {@code {symbol}}. */
  public static final String COMMAND_BOOK = "md.command.book";

  /** What is known of tickers at present, without a stream: {@code {tickers}}. */
  public static final String COMMAND_SNAPSHOTS = "md.command.snapshots";

  /** Indices over several timeframes: {@code {tickers}}. */
  public static final String COMMAND_INDICES = "md.command.indices";

  /** An indicator over our own bars: {@code {symbol, name, timeframe, window?, limit}}. */
  public static final String COMMAND_INDICATORS = "md.command.indicators";

  /** A caller's selection, kept if it is given: {@code {caller, selection?}}. */
  public static final String COMMAND_SELECTION = "md.command.selection";

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

  /** Unusual trades in options, published once per event and revision. */
  public static final String FLOW = "md.flow";

  /** Loads bars of a list of symbols and timeframes before somebody asks for them. Not reachable by clients. */
  public static final String COMMAND_WARM = "md.command.warm";

  /** One index with its bars of several timeframes, for {@link #COMMAND_INDICES}. Not reachable by clients. */
  public static final String COMMAND_INDEX = "md.command.index";

  /** Takes the {@link io.candlehub.demand.DemandReport} of what a hub node wants streamed. */
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

  /**
   * The {@link io.candlehub.model.MarketSnapshot}s of several instruments: {@code {symbols, priority}}; the answer's header
   * {@code doubted} names those, separated by commas, of which nobody told anything though somebody could not say.
   */
  public static final String INGEST_SNAPSHOTS = "ingest.snapshots";

  /** The {@link io.candlehub.model.feed.PastTrades} of an instrument: {@code {symbol, limit}}. */
  public static final String INGEST_TRADES = "ingest.trades";

  /**
   * A provider's own {@link io.candlehub.model.IndicatorValues}: {@code {symbol, name, windows, timeframe, to, limit}}.
   */
  public static final String INGEST_INDICATOR = "ingest.indicator";

  /** How the provider's accounts do: {@code {}}. */
  public static final String INGEST_PROVIDERS = "ingest.providers";

  /**
   * What providers have of each market: {@code {}}, answered with {@code {bars: {market: [unit]}}}. A market that is not
   * named has nothing at all.
   */
  public static final String INGEST_CAPABILITIES = "ingest.capabilities";

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
  private static final String HUB_LEASE_PREFIX = "hub.lease.";
  private static final String HUB_DEMAND_PREFIX = "hub.demand.";
  private static final String HUB_INBOX_PREFIX = "hub.inbox.";
  private static final String STANDBY_DEMAND_PREFIX = "ingest.demand.";
  private static final String INGEST_COMMAND_PREFIX = "ingest.command.";

  private static final String GATEWAY_POSITIONS_PREFIX = "gateway.positions.";

  private static final String CHART_PREFIX = "md.chart.";
  private static final String QUOTE_PREFIX = "md.quote.";
  private static final String TRADES_PREFIX = "md.trades.";
  private static final String CHAIN_PREFIX = "md.chain.";
  private static final String OPTION_MARK = "." + AssetClass.OPTION.prefix();
  private static final Pattern CHAIN_FOCUS =
      Pattern.compile("md\\.chain\\.([^/]+)(?:/(\\d{4}-\\d{2}-\\d{2})(?:/(O:.+))?)?");

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

  /**
   * Returns the address at which a hub node takes {@link io.candlehub.demand.DemandReport}s of gateways about the shards that it
   * owns or stands by for; each set is named by its shard.
   */
  public static String hubLease(String nodeId) {
    return HUB_LEASE_PREFIX + nodeId;
  }

  /** Returns the address at which an ingest node hears from the leading one what is demanded. */
  public static String standbyDemand(String nodeId) {
    return STANDBY_DEMAND_PREFIX + nodeId;
  }

  /**
   * Returns the address at which a node that leads ingest takes every {@code ingest.*} question; which one it is says
   * the header {@link BusHeaders#COMMAND}.
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

  /** Returns the address of an instrument's trades, for example {@code md.trades.SPY}. */
  public static String trades(Instrument instrument) {
    return TRADES_PREFIX + instrument.symbol();
  }

  /** Returns the instrument of an address of trades, or empty if the address is none. */
  public static Optional<Instrument> parseTrades(String address) {
    return address.startsWith(TRADES_PREFIX)
        ? Instrument.parse(address.substring(TRADES_PREFIX.length()))
        : Optional.empty();
  }

  /** Returns the address of what changes in an underlying's option chain, for example {@code md.chain.SPY}. */
  public static String chain(Instrument underlying) {
    return CHAIN_PREFIX + underlying.symbol();
  }

  /**
   * Returns the topic by which viewers of a chain are told to hubs: {@code md.chain.SPY/2025-12-19}, with a selected
   * contract {@code md.chain.SPY/2025-12-19/O:SPY251219C00650000}; without a date it is the stream's address, which
   * stands for the nearest expiration. Nothing is published there.
   */
  public static String chainFocus(ChainFocus focus) {
    StringBuilder topic = new StringBuilder(chain(focus.underlying()));
    focus.expiration().forEach(date -> topic.append('/').append(date));
    focus.contract().forEach(contract -> topic.append('/').append(contract.symbol()));
    return topic.toString();
  }

  /** Returns what a topic of {@link #chainFocus} says, or empty if it is none. */
  public static Optional<ChainFocus> parseChainFocus(String topic) {
    Matcher parts = CHAIN_FOCUS.matcher(topic);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ChainFocus(
          Instrument.of(parts.group(1)),
          Stream.ofNullable(parts.group(2)).map(LocalDate::parse).toList(),
          Stream.ofNullable(parts.group(3)).map(Instrument::of).toList()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns what a topic of a stream is about, an underlying for its chain; empty if it is the topic of no stream. */
  public static Optional<Instrument> instrument(String topic) {
    return parseChart(topic)
        .map(StreamKey::instrument)
        .or(() -> parseQuote(topic))
        .or(() -> parseTrades(topic))
        .or(() -> parseChainFocus(topic).map(ChainFocus::underlying));
  }

  /** Returns true if a topic is about options: a chain, or a stream of a contract. */
  public static boolean isOfOptions(String topic) {
    return topic.startsWith(CHAIN_PREFIX) || topic.contains(OPTION_MARK);
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
