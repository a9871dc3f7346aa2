package io.candlehub.simulator.replay;

import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Trades;
import java.util.Set;

/**
 * Folds trades to seconds by the provider's eligibility rules, inside the minutes that were published.
 *
 * <p>A trade's conditions decide whether it counts for open and close, for high and low, and for volume; extended-hours
 * prints count, as they make up the extended-hours minutes. Where minutes were published they say which prints the
 * publisher counted: a price outside the minute's range sets no price, volume beyond the minute's is left out, and a
 * minute that was not published has no seconds. Source: the provider's condition table, consolidated rules. Pure.
 */
final class SecondFold {
  private static final Set<String> NEITHER = Set.of("15", "16", "38");
  private static final Set<String> VOLUME_ONLY =
      Set.of("2", "7", "20", "21", "29", "37", "52", "53");
  private static final Set<String> NO_LAST = Set.of("5", "10", "17", "22", "32", "33");

  private final Bars published;
  private final Bars seconds = new Bars(4_096);
  private int minute = -1;
  private double minuteVolume;
  private long secondMillis = -1;
  private double open;
  private double high;
  private double low;
  private double close;
  private double volume;
  private double turnover;
  private double pendingVolume;
  private int count;

  private SecondFold(Bars published) {
    this.published = published;
  }

  /**
   * Folds a day's trades.
   *
   * @param trades trades, ascending
   * @param published the minutes published, empty if none were
   */
  static Bars fold(Trades trades, Bars published) {
    SecondFold fold = new SecondFold(published);
    for (int i = 0; i < trades.size(); i++) {
      fold.add(trades.millis(i), trades.price(i), trades.shares(i), rule(trades.conditions(i)));
    }
    fold.endSecond();
    return fold.seconds;
  }

  private static Rule rule(String conditions) {
    if (conditions.isEmpty()) {
      return Rule.ALL;
    }
    Rule rule = Rule.ALL;
    for (String id : conditions.split(",", -1)) {
      if (NEITHER.contains(id)) {
        return Rule.NOTHING;
      }
      if (VOLUME_ONLY.contains(id)) {
        rule = Rule.VOLUME;
      } else if (NO_LAST.contains(id) && rule == Rule.ALL) {
        rule = Rule.RANGE;
      }
    }
    return rule;
  }

  private void add(long millis, double price, long shares, Rule rule) {
    if (rule == Rule.NOTHING || !enterMinute(millis)) {
      return;
    }
    long second = Math.floorDiv(millis, 1_000L) * 1_000L;
    if (second != secondMillis) {
      endSecond();
      secondMillis = second;
    }
    double counted = shares;
    Rule applied = rule;
    if (published.size() > 0) {
      counted = Math.min((double) shares, published.volume(minute) - minuteVolume);
      boolean inside = price >= published.low(minute) && price <= published.high(minute);
      applied = inside ? rule : Rule.VOLUME;
    }
    minuteVolume += counted;
    volume += counted;
    turnover += counted * price;
    if (applied != Rule.VOLUME) {
      setPrice(price, applied);
    }
  }

  private void setPrice(double price, Rule rule) {
    if (count == 0) {
      open = price;
      close = price;
      high = price;
      low = price;
    }
    high = Math.max(high, price);
    low = Math.min(low, price);
    if (rule == Rule.ALL) {
      close = price;
    }
    count++;
  }

  private boolean enterMinute(long millis) {
    if (published.size() == 0) {
      return true;
    }
    long start = Math.floorDiv(millis, 60_000L) * 60_000L;
    if (minute >= 0 && published.startMillis(minute) == start) {
      return true;
    }
    int found = published.firstAtOrAfter(start);
    if (found == published.size() || published.startMillis(found) != start) {
      return false;
    }
    endSecond();
    minute = found;
    minuteVolume = 0;
    pendingVolume = 0;
    return true;
  }

  private void endSecond() {
    if (count > 0) {
      seconds.add(secondMillis, open, high, low, close, volume + pendingVolume);
      seconds.trades(volume > 0 ? turnover / volume : close, count);
      pendingVolume = 0;
    } else {
      pendingVolume += volume;
    }
    count = 0;
    volume = 0;
    turnover = 0;
    secondMillis = -1;
  }

  private enum Rule {
    ALL,
    RANGE,
    VOLUME,
    NOTHING
  }
}
