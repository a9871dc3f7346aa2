package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Timespan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Technical indicators over the aggregates. Safe anywhere, may block. */
final class IndicatorEndpoint {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MOST = 5_000;
  private static final int ALL_BARS = 5_000_000;
  private static final long DAY = 86_400_000;

  private final TradingCalendar calendar;
  private final AggsEngine engine;

  IndicatorEndpoint(MarketView view, AggsEngine engine) {
    this.calendar = view.calendar();
    this.engine = engine;
  }

  /** Answers {@code /v1/indicators/{kind}/{t}}. */
  Answer values(Ask ask) {
    String kind = ask.segment(0);
    if (!List.of("sma", "ema", "rsi", "macd").contains(kind)) {
      return Answer.noRoute();
    }
    int limit = ask.limit(DEFAULT_LIMIT, MOST);
    AggsQuery query = query(ask);
    Bars bars = engine.find(query, ask.nowMillis()).bars();
    List<JsonObject> rows = new ArrayList<>();
    List<Curve> curves = curves(ask, kind, closes(ask, bars));
    for (int i = 0; i < bars.size(); i++) {
      boolean wanted = Pages.fits(ask, "timestamp", (double) bars.startMillis(i));
      if (wanted && isKnown(curves, i)) {
        JsonObject row = new JsonObject().put("timestamp", bars.startMillis(i));
        for (Curve curve : curves) {
          row.put(curve.name(), curve.values()[i]);
        }
        rows.add(row);
      }
    }
    if (!ask.param("order", "desc").equals("asc")) {
      Collections.reverse(rows);
    }
    JsonObject body = Pages.page(
            ask, "/v1/indicators/" + kind + "/" + ask.segment(1), rows, limit, row -> row)
        .body();
    JsonArray values = (JsonArray) body.remove("results");
    JsonObject underlying = new JsonObject()
        .put(
            "url",
            ask.base() + "/v2/aggs/ticker/" + ask.segment(1) + "/range/1/"
                + ask.param("timespan", "day") + "/" + query.fromMillis() + "/" + query.toMillis());
    return Answer.json(
        body.put("results", new JsonObject().put("underlying", underlying).put("values", values)));
  }

  private static boolean isKnown(List<Curve> curves, int i) {
    return curves.stream().noneMatch(curve -> Double.isNaN(curve.values()[i]));
  }

  private AggsQuery query(Ask ask) {
    String name = ask.param("timespan", "day");
    Timespan timespan = Timespan.of(name)
        .filter(span -> span != Timespan.SECOND)
        .orElseThrow(
            () -> new BadRequest("Could not parse the parameter 'timespan': '" + name + "'."));
    long back = switch (timespan) {
      case MINUTE -> 12 * DAY;
      case HOUR -> 44 * DAY;
      case DAY -> 730 * DAY;
      default -> 3_650 * DAY;
    };
    return new AggsQuery(
        ask.segment(1),
        1,
        timespan,
        calendar.startOf(calendar.dateOf(ask.nowMillis() - back)),
        ask.nowMillis(),
        !ask.param("adjusted", "true").equals("false"),
        false,
        ALL_BARS);
  }

  private static double[] closes(Ask ask, Bars bars) {
    String series = ask.param("series_type", "close");
    double[] found = new double[bars.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = switch (series) {
        case "open" -> bars.open(i);
        case "high" -> bars.high(i);
        case "low" -> bars.low(i);
        default -> bars.close(i);
      };
    }
    return found;
  }

  private static List<Curve> curves(Ask ask, String kind, double[] closes) {
    if (kind.equals("macd")) {
      double[] fast = ema(closes, window(ask, "short_window", 12));
      double[] slow = ema(closes, window(ask, "long_window", 26));
      double[] value = minus(fast, slow);
      double[] signal = ema(value, window(ask, "signal_window", 9));
      return List.of(
          new Curve("value", value),
          new Curve("signal", signal),
          new Curve("histogram", minus(value, signal)));
    }
    int window = window(ask, "window", kind.equals("rsi") ? 14 : 50);
    double[] values = switch (kind) {
      case "sma" -> sma(closes, window);
      case "ema" -> ema(closes, window);
      default -> rsi(closes, window);
    };
    return List.of(new Curve("value", values));
  }

  private static int window(Ask ask, String name, int fallback) {
    try {
      int window = Integer.parseInt(ask.param(name, Integer.toString(fallback)));
      if (window >= 1 && window <= 5_000) {
        return window;
      }
    } catch (NumberFormatException e) {
      throw new BadRequest("The parameter '" + name + "' could not be parsed.");
    }
    throw new BadRequest("The parameter '" + name + "' must be between 1 and 5000.");
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double[] sma(double[] values, int window) {
    double[] found = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] - (i >= window ? values[i - window] : 0);
      found[i] = i >= window - 1 ? sum / window : Double.NaN;
    }
    return found;
  }

  private static double[] ema(double[] values, int window) {
    double[] found = new double[values.length];
    double weight = 2.0 / (window + 1);
    double sum = 0;
    int seen = 0;
    double last = Double.NaN;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        found[i] = Double.NaN;
        continue;
      }
      seen++;
      if (seen <= window) {
        sum += values[i];
        last = seen == window ? sum / window : Double.NaN;
      } else {
        last += weight * (values[i] - last);
      }
      found[i] = last;
    }
    return found;
  }

  private static double[] rsi(double[] values, int window) {
    double[] found = new double[values.length];
    double up = 0;
    double down = 0;
    for (int i = 0; i < values.length; i++) {
      double change = i == 0 ? 0 : values[i] - values[i - 1];
      double gain = Math.max(0, change);
      double loss = Math.max(0, -change);
      if (i <= window) {
        up += gain / window;
        down += loss / window;
      } else {
        up += (gain - up) / window;
        down += (loss - down) / window;
      }
      found[i] = i < window ? Double.NaN : 100 - 100 / (1 + (down == 0 ? 1e12 : up / down));
    }
    return found;
  }

  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record Curve(String name, double[] values) {}
}
