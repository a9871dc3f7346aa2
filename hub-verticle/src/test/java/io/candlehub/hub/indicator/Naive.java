package io.candlehub.hub.indicator;

import io.candlehub.model.Bar;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Indicators by the plain wording of their definitions, independently of the code under test. */
final class Naive {
  private Naive() {}

  static double[] sma(double[] closes, int window) {
    double[] found = nothing(closes.length);
    for (int i = window - 1; i < closes.length; i++) {
      found[i] = Arrays.stream(closes, i - window + 1, i + 1).average().orElseThrow();
    }
    return found;
  }

  static double[] ema(double[] numbers, int begin, int window, double weight) {
    double[] found = nothing(numbers.length);
    int first = begin + window - 1;
    for (int i = first; i < numbers.length; i++) {
      found[i] = i == first
          ? Arrays.stream(numbers, begin, i + 1).average().orElseThrow()
          : weight * numbers[i] + (1 - weight) * found[i - 1];
    }
    return found;
  }

  static double[] rsi(double[] closes, int window) {
    double[] gains = nothing(closes.length);
    double[] losses = nothing(closes.length);
    for (int i = 1; i < closes.length; i++) {
      gains[i] = Math.max(0, closes[i] - closes[i - 1]);
      losses[i] = Math.max(0, closes[i - 1] - closes[i]);
    }
    double[] gain = ema(gains, 1, window, 1.0 / window);
    double[] loss = ema(losses, 1, window, 1.0 / window);
    double[] found = nothing(closes.length);
    for (int i = 0; i < closes.length; i++) {
      found[i] = loss[i] == 0 ? 100 : 100 * gain[i] / (gain[i] + loss[i]);
    }
    return found;
  }

  static double[] macd(double[] closes, int shortWindow, int longWindow) {
    double[] quick = ema(closes, 0, shortWindow, 2.0 / (shortWindow + 1));
    double[] slow = ema(closes, 0, longWindow, 2.0 / (longWindow + 1));
    double[] found = nothing(closes.length);
    Arrays.setAll(found, i -> quick[i] - slow[i]);
    return found;
  }

  static double[] vwap(List<Bar> bars) {
    double[] found = nothing(bars.size());
    for (int i = 0; i < found.length; i++) {
      LocalDate date = TradingCalendar.nyse().dateOf(bars.get(i).startMillis());
      List<Bar> session = bars.subList(0, i + 1).stream()
          .filter(bar -> TradingCalendar.nyse().dateOf(bar.startMillis()).equals(date))
          .toList();
      double volume = session.stream().mapToDouble(Bar::volume).sum();
      double paid =
          session.stream().mapToDouble(bar -> bar.volume() * price(bar)).sum();
      found[i] = volume == 0 ? Double.NaN : paid / volume;
    }
    return found;
  }

  private static double price(Bar bar) {
    return Double.isNaN(bar.vwap()) ? (bar.high() + bar.low() + bar.close()) / 3 : bar.vwap();
  }

  private static double[] nothing(int length) {
    double[] found = new double[length];
    Arrays.fill(found, Double.NaN);
    return found;
  }
}
