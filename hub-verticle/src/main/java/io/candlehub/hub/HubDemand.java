package io.candlehub.hub;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.chain.ChainDesk;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What follows from the demand, of the shards that are this node's: series open and park, boards keep or forget, ingest is
 * told. Each change is followed for the instruments it is about and no others. Confined to the hub's event loop.
 */
final class HubDemand {
  private static final Duration KEEP_REFUSED = Duration.ofMinutes(1);

  /** All numbers are exact in JSON. */
  private static final long MOST_RANDOM = 1L << 52;

  private final Hub hub;
  private final SeriesParts parts;
  private final DemandUplink uplink;
  private final ChainDesk chains;
  private final DemandLedger ledger;
  private final Map<Instrument, Wanted> wanted = new HashMap<>();
  private final Map<Instrument, Wanted> options = new HashMap<>();
  private final Map<Instrument, FailureException> refused = new HashMap<>();
  private boolean applying;

  HubDemand(Hub hub, SeriesParts parts, DemandUplink uplink) {
    this.hub = hub;
    this.parts = parts;
    this.uplink = uplink;
    this.chains = hub.chains();
    ledger = new DemandLedger(
        parts.scheduler(),
        parts.config().linger(),
        this::apply,
        new PublicationLog(parts.random().nextLong(1, MOST_RANDOM)));
    chains.onLive(this::liveChanged);
  }

  void start() {
    uplink.start();
  }

  void stop() {
    uplink.stop();
  }

  DemandLedger ledger() {
    return ledger;
  }

  /** Follows all that is demanded, once after all that changes now: other shards are this node's. */
  void applySoon() {
    if (!applying) {
      applying = true;
      parts.scheduler().after(Duration.ZERO, () -> {
        applying = false;
        applyAll();
      });
    }
  }

  private void applyAll() {
    Set<Instrument> concerned = new HashSet<>(ledger.instruments());
    concerned.addAll(wanted.keySet());
    concerned.addAll(hub.quotes().instruments());
    concerned.addAll(hub.trades().instruments());
    hub.all().forEach(live -> concerned.add(live.instrument()));
    concerned.forEach(this::follow);
    followOptions();
    tell(concerned);
  }

  /** Follows what is demanded of some instruments. */
  void apply(Set<Instrument> concerned) {
    boolean isOfOptions = false;
    for (Instrument instrument : concerned) {
      isOfOptions |= follow(instrument);
    }
    if (isOfOptions) {
      followOptions();
    }
    tell(concerned);
  }

  /** Returns whether it has to do with options. */
  private boolean follow(Instrument instrument) {
    Wanted now = isServed(instrument) ? ledger.wanted(instrument) : Wanted.NOTHING;
    put(wanted, instrument, now, now.isNothing());
    boolean hasOptions = isOption(instrument) || !now.chains().isEmpty();
    boolean had = options.containsKey(instrument);
    put(options, instrument, now, now.isNothing() || !hasOptions);
    if (now.charts().isEmpty()) {
      hub.park(instrument);
    } else {
      hub.open(instrument, now.charts());
    }
    boolean isServed = isServed(instrument);
    hub.quotes().want(instrument, isServed && now.quotes());
    hub.trades().want(instrument, isServed && now.trades());
    return had || hasOptions;
  }

  private static void put(
      Map<Instrument, Wanted> map, Instrument instrument, Wanted now, boolean isNone) {
    if (isNone) {
      map.remove(instrument);
    } else {
      map.put(instrument, now);
    }
  }

  private boolean isServed(Instrument instrument) {
    return parts.shards().owns(instrument) && !refused.containsKey(instrument);
  }

  private static boolean isOption(Instrument instrument) {
    return instrument.assetClass() == AssetClass.OPTION;
  }

  private void followOptions() {
    Set<ChainFocus> viewed = options.values().stream()
        .flatMap(some -> some.chains().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<Instrument> contracts = contracts().stream()
        .filter(
            contract -> options.get(contract).quotes() || options.get(contract).trades())
        .collect(Collectors.toSet());
    chains.want(viewed, contracts);
    hub.trades().stream(chains.live());
    rank();
  }

  private List<Instrument> contracts() {
    return options.keySet().stream()
        .filter(HubDemand::isOption)
        .sorted(Comparator.comparing(Instrument::symbol))
        .toList();
  }

  private void liveChanged() {
    hub.trades().stream(chains.live());
    rank();
    uplink.tell();
  }

  /** Follows what the provider says of an instrument's topics: it may have to be built from trades. */
  void topicChanged(Instrument instrument) {
    if (isOption(instrument)) {
      rank();
    }
    tell(Set.of(instrument));
  }

  /** Follows what the provider says of all topics. */
  void topicsChanged() {
    rank();
    tell(Set.copyOf(wanted.keySet()));
  }

  /** Tells ingest again what is wanted: it may not know it. */
  void tellAgain() {
    uplink.send();
  }

  private void tell(Set<Instrument> concerned) {
    concerned.stream()
        .filter(instrument -> !isOption(instrument))
        .forEach(instrument -> uplink.put(instrument, channels(instrument)));
    uplink.tell();
  }

  /**
   * Charts need minutes and seconds, or trades where the provider refused both, and equities to know of pauses; quotes
   * need quotes and seconds, or trades where seconds are refused, trades the quotes by which their sides are told.
   */
  private Set<Channel> channels(Instrument instrument) {
    Wanted now = wanted.getOrDefault(instrument, Wanted.NOTHING);
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    if (!now.charts().isEmpty()) {
      channels.addAll(List.of(Channel.MINUTES, Channel.SECONDS));
      if (instrument.assetClass() == AssetClass.EQUITY) {
        channels.add(Channel.HALTS);
      }
    }
    if (isTradeBuilt(instrument)) {
      channels.add(Channel.TRADES);
    }
    if (now.quotes()) {
      channels.addAll(List.of(Channel.QUOTES, Channel.SECONDS));
      if (parts.topics().needsPrices(instrument)) {
        channels.add(Channel.TRADES);
      }
    }
    if (now.trades()) {
      channels.addAll(List.of(Channel.TRADES, Channel.QUOTES));
    }
    return channels;
  }

  private boolean isTradeBuilt(Instrument instrument) {
    return hub.series(instrument).filter(LiveSeries::needsTrades).isPresent();
  }

  /**
   * Providers limit options, so the most important ones come first: those with charts, then the live ones in their order,
   * and of others nothing.
   */
  private void rank() {
    List<Instrument> contracts = contracts();
    List<String> live = chains.live();
    Set<String> isLive = Set.copyOf(live);
    List<Topic> topics = new ArrayList<>();
    for (Instrument contract : contracts) {
      if (!options.get(contract).charts().isEmpty()) {
        add(topics, contract, Channel.MINUTES, Channel.SECONDS);
      }
    }
    contracts.stream()
        .filter(this::isTradeBuilt)
        .forEach(contract -> add(topics, contract, Channel.TRADES));
    live.forEach(symbol -> add(topics, Instrument.of(symbol), Channel.QUOTES, Channel.TRADES));
    contracts.stream()
        .filter(contract -> isLive.contains(contract.symbol()))
        .filter(contract -> options.get(contract).quotes())
        .forEach(contract -> add(topics, contract, Channel.SECONDS));
    uplink.rank(topics);
  }

  private static void add(List<Topic> topics, Instrument instrument, Channel... channels) {
    for (Channel channel : channels) {
      topics.add(new Topic(channel, instrument));
    }
  }

  /** Stops following an instrument for a while, for it does not exist or there is nothing of its kind. */
  void refuse(Instrument instrument, FailureException why) {
    refused.put(instrument, why);
    parts.scheduler().after(KEEP_REFUSED, () -> refused.remove(instrument));
    apply(Set.of(instrument));
  }

  /** Returns why an instrument is not followed though it is demanded. */
  FailureException refusal(Instrument instrument) {
    return refused.getOrDefault(instrument, Failure.noSuch(instrument));
  }
}
