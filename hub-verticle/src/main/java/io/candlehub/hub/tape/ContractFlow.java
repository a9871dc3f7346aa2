package io.candlehub.hub.tape;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is known of one contract's day, for the detectors. Confined to the hub's event loop. */
final class ContractFlow {
  private final FlowRules rules;
  private final Map<Side, FlowRun> runs = new EnumMap<>(Side.class);
  private FlowTerms terms;
  private LocalDate termsDate;
  private LocalDate date = LocalDate.MIN;
  private double volume;
  private double toldRatio;

  /**
   * Starts with a contract's terms.
   *
   * @param tradeDate of the terms
   */
  ContractFlow(FlowRules rules, FlowTerms terms, LocalDate tradeDate) {
    this.rules = rules;
    this.terms = terms;
    termsDate = tradeDate;
  }

  /** Takes newer terms. */
  void terms(FlowTerms newer, LocalDate tradeDate) {
    terms = newer;
    termsDate = tradeDate;
    if (tradeDate.equals(date) && newer.volume() > volume) {
      volume = newer.volume();
    }
  }

  /**
   * Judges a trade.
   *
   * @param tradeDate to which it belongs; one of an earlier date than the last is not judged
   * @param counts true if it counts in the volume
   */
  List<FlowAlert> onTrade(SidedTrade trade, LocalDate tradeDate, boolean counts) {
    if (tradeDate.isBefore(date) || !(trade.print().size() > 0)) {
      return List.of();
    }
    if (tradeDate.isAfter(date)) {
      begin(tradeDate);
    }
    if (counts) {
      volume += trade.print().size();
    }
    List<FlowAlert> alerts = new ArrayList<>(2);
    if (trade.standing() == TradeStanding.REGULAR || trade.standing() == TradeStanding.PACKAGE) {
      single(trade, alerts);
      if (trade.standing() == TradeStanding.REGULAR && trade.side() != Side.NONE) {
        sweep(trade, alerts);
      }
    }
    if (counts) {
      volumeOverInterest(trade, tradeDate, alerts);
    }
    return alerts;
  }

  private void begin(LocalDate newDate) {
    volume = termsDate.equals(newDate) && terms.volume() > 0 ? terms.volume() : 0;
    date = newDate;
    toldRatio = 0;
    runs.clear();
  }

  private void single(SidedTrade trade, List<FlowAlert> alerts) {
    Print print = trade.print();
    double premium = print.price() * print.size() * terms.multiplier();
    if (print.size() >= rules.blockSize() && premium >= rules.blockPremium()) {
      alerts.add(new FlowRun(trade).told(FlowAlert.Kind.BLOCK, terms, volume));
    } else if (premium >= rules.premium()) {
      alerts.add(new FlowRun(trade).told(FlowAlert.Kind.PREMIUM, terms, volume));
    }
  }

  private void sweep(SidedTrade trade, List<FlowAlert> alerts) {
    FlowRun run = runs.get(trade.side());
    if (run != null && run.takes(trade, rules.sweepMillis())) {
      run.add(trade);
    } else if (run == null || !run.isAfter(trade)) {
      run = new FlowRun(trade);
      runs.put(trade.side(), run);
    } else {
      return;
    }
    if (run.isSweep(rules, terms.multiplier())) {
      alerts.add(run.told(FlowAlert.Kind.SWEEP, terms, volume));
    }
  }

  private void volumeOverInterest(SidedTrade trade, LocalDate tradeDate, List<FlowAlert> alerts) {
    double open = terms.openInterest();
    double ratio = volume / open;
    double next = toldRatio == 0 ? rules.volumeOverInterest() : toldRatio * 2;
    boolean told = toldRatio >= next;
    if (Double.isNaN(open) || volume < rules.volumeAtLeast() || told || !(ratio >= next)) {
      return;
    }
    while (toldRatio < next && ratio >= next) {
      toldRatio = next;
      next *= 2;
    }
    Print print = trade.print();
    alerts.add(new FlowAlert(
        FlowAlert.Kind.VOLUME,
        FlowAlert.Kind.VOLUME.wireName() + ":" + terms.contract() + ":" + tradeDate + ":"
            + toldRatio,
        0,
        terms.contract(),
        trade.side(),
        trade.confidence(),
        print.at().millis(),
        print.at().millis(),
        1,
        TradeStandings.isSweep(print) ? 1 : 0,
        print.exchange() == 0 ? List.of() : List.of(print.exchange()),
        volume,
        Double.NaN,
        Double.NaN,
        trade.quote(),
        volume,
        open,
        print.origin()));
  }
}
