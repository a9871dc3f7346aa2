package io.candlehub.hub;

import io.candlehub.model.BarBlock;
import io.candlehub.model.TradingDay;
import io.candlehub.model.feed.AggregateEvent;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;

/** What the provider of the made-up market of {@link HubRig} answers. */
final class ProviderAnswers {
  private static final long SECOND = 1_000;

  /** A Thursday whose session closed at 140; all others did at 150. */
  private static final LocalDate LOW_CLOSE = LocalDate.of(2013, 10, 10);

  private ProviderAnswers() {}

  /**
   * Returns the bars of a range, of whatever instrument.
   *
   * @param unit second, minute or day
   * @param nowMillis up to when something was traded
   * @param correction shares that the history has in each minute and the stream has not
   */
  static BarBlock bars(String unit, long from, long to, long nowMillis, double correction) {
    return switch (unit) {
      case "second" -> seconds(from, to);
      case "minute" -> minutes(from, to, nowMillis, correction);
      default -> days(from, to);
    };
  }

  private static BarBlock seconds(long from, long to) {
    BarBlock.Builder block = new BarBlock.Builder(64);
    for (long s = (from + SECOND - 1) / SECOND * SECOND; s <= to; s += SECOND) {
      if (HubRig.isTraded(s)) {
        double price = HubRig.price(s);
        block.add(s, price, price, price, price, 1, price, 1);
      }
    }
    return block.build();
  }

  private static BarBlock minutes(long from, long to, long nowMillis, double correction) {
    BarBlock.Builder block = new BarBlock.Builder(1_000);
    for (TradingDay day : HubRig.NYSE.between(HubRig.NYSE.dateOf(from), HubRig.NYSE.dateOf(to))) {
      long wanted = (from + HubRig.MINUTE - 1) / HubRig.MINUTE * HubRig.MINUTE;
      long first = Math.max(day.openMillis(), wanted);
      for (long m = first; m <= to && m < day.closeMillis(); m += HubRig.MINUTE) {
        if (HubRig.isTraded(m)) {
          AggregateEvent bar = HubRig.minute(m, nowMillis);
          double volume = bar.volume() + correction;
          block.add(m, bar.open(), bar.high(), bar.low(), bar.close(), volume, Double.NaN, -1);
        }
      }
    }
    return block.build();
  }

  private static BarBlock days(long from, long to) {
    BarBlock.Builder block = new BarBlock.Builder(600);
    for (TradingDay day : HubRig.NYSE.between(HubRig.NYSE.dateOf(from), HubRig.NYSE.dateOf(to))) {
      long start = HubRig.NYSE.startOf(day.date());
      if (start >= from && start <= to) {
        double close = day.date().equals(LOW_CLOSE) ? 140 : 150;
        block.add(start, 100, 196, 100, close, 20_000, Double.NaN, -1);
      }
    }
    return block.build();
  }

  /**
   * Returns what goes with bars.
   *
   * @param fallbackReason why another provider tells them; empty if the first one does
   * @param doubted true if there are none and a provider failed that could have told some
   */
  static DeliveryOptions headers(long askedAtMillis, String fallbackReason, boolean doubted) {
    DeliveryOptions told = new DeliveryOptions().addHeader("askedAt", Long.toString(askedAtMillis));
    if (!fallbackReason.isEmpty()) {
      told.addHeader("source", "tradier").addHeader("fallbackReason", fallbackReason);
    }
    if (doubted) {
      told.addHeader("source", "massive").addHeader("doubted", "true");
    }
    return told;
  }

  /** Returns what the provider says about the market; an empty word says nothing. */
  static JsonObject marketStatus(String word, long askedAtMillis) {
    return new JsonObject()
        .put("market", word)
        .put("exchanges", new JsonObject())
        .put("serverTime", "")
        .put("earlyHours", false)
        .put("afterHours", false)
        .put("askedAt", askedAtMillis);
  }

  /** Returns an entry of the reference data. */
  static JsonObject listing(String symbol) {
    return new JsonObject()
        .put("symbol", symbol)
        .put("name", "")
        .put("type", "")
        .put("exchange", "");
  }
}
