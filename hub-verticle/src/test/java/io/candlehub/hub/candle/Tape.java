package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.TradeEvent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Composes trades, and makes their bars by the plain wording of the rule, independently of the code under test. */
final class Tape {
  static final Instrument SPY = Instrument.of("SPY");
  static final long MINUTE = 60_000;
  private static final Set<Integer> NO_VOLUME = Set.of(15, 16, 38);
  private static final Set<Integer> NO_HIGH_LOW =
      Set.of(2, 7, 12, 13, 15, 16, 20, 21, 29, 37, 52, 53);
  private static final Set<Integer> NO_OPEN_CLOSE = Set.of(5, 10, 17, 22, 32, 33);

  private Tape() {}

  static TradeEvent trade(
      long atMillis, long sequence, double price, double size, Integer... conditions) {
    return new TradeEvent(SPY, atMillis, sequence, 11, price, size, List.of(conditions));
  }

  /** Values of a bar as tests compare them. */
  static String values(Bar bar) {
    return values(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()) + " n="
        + bar.trades();
  }

  static String values(double o, double h, double l, double c, double v) {
    return "o=" + o + " h=" + h + " l=" + l + " c=" + c + " v=" + v;
  }

  /** Returns the bars of trades without duplicates, which must all lie in the newest minutes. */
  static Map<Long, String> naive(List<TradeEvent> trades) {
    Map<Long, List<TradeEvent>> minutes = new TreeMap<>();
    trades.stream()
        .sorted(Comparator.comparingLong(TradeEvent::atMillis)
            .thenComparingLong(TradeEvent::sequence)
            .thenComparingDouble(TradeEvent::price))
        .forEach(trade -> minutes
            .computeIfAbsent(trade.atMillis() / MINUTE * MINUTE, absent -> new ArrayList<>())
            .add(trade));
    Map<Long, String> bars = new TreeMap<>();
    minutes.forEach((minute, inside) -> naiveBar(inside).ifPresent(bar -> bars.put(minute, bar)));
    return bars;
  }

  private static Optional<String> naiveBar(List<TradeEvent> trades) {
    List<Double> opening = trades.stream()
        .filter(trade -> allows(trade, NO_HIGH_LOW) && allows(trade, NO_OPEN_CLOSE))
        .map(TradeEvent::price)
        .toList();
    if (opening.isEmpty()) {
      return Optional.empty();
    }
    List<Double> inRange = trades.stream()
        .filter(trade -> allows(trade, NO_HIGH_LOW))
        .map(TradeEvent::price)
        .sorted()
        .toList();
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal turnover = BigDecimal.ZERO;
    int counted = 0;
    for (TradeEvent trade : trades) {
      if (trade.size() > 0 && trade.conditions().stream().noneMatch(NO_VOLUME::contains)) {
        BigDecimal size = BigDecimal.valueOf(trade.size());
        volume = volume.add(size);
        turnover = turnover.add(BigDecimal.valueOf(trade.price()).multiply(size));
        counted++;
      }
    }
    return Optional.of(values(
            opening.get(0),
            inRange.get(inRange.size() - 1),
            inRange.get(0),
            opening.get(opening.size() - 1),
            volume.doubleValue())
        + " n="
        + (counted > 0 ? counted : -1)
        + " vw="
        + (counted > 0 ? turnover.divide(volume, MathContext.DECIMAL64).floatValue() : Float.NaN));
  }

  private static boolean allows(TradeEvent trade, Set<Integer> forbidden) {
    LocalTime time =
        Instant.ofEpochMilli(trade.atMillis()).atZone(Feed.NYSE.zone()).toLocalTime();
    boolean regular = !time.isBefore(LocalTime.of(9, 30)) && time.isBefore(LocalTime.of(16, 0));
    return trade.conditions().stream()
        .filter(id -> regular || (id != 12 && id != 13))
        .noneMatch(forbidden::contains);
  }

  /** Returns the bars that minutes hold, as {@link #naive} gives them. */
  static Map<Long, String> held(TradeMinutes minutes, long fromMillis, long toMillis) {
    Map<Long, String> bars = new TreeMap<>();
    for (long minute = fromMillis; minute < toMillis; minute += MINUTE) {
      minutes
          .bar(minute, BarState.LIVE)
          .ifPresent(bar -> bars.put(bar.startMillis(), values(bar) + " vw=" + (float) bar.vwap()));
    }
    return bars;
  }
}
