package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingCalendar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request's parameters, from the query or the form.
 *
 * @param params first value of each
 * @param nowMillis market time
 */
record Request(Map<String, String> params, long nowMillis) {
  String text(String name) {
    return params.getOrDefault(name, "");
  }

  String needed(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw new Refused("Invalid parameter, " + name + ": is required.");
    }
    return text;
  }

  boolean flag(String name) {
    return text(name).equals("true");
  }

  List<String> list(String name) {
    return List.of(needed(name).split(",", -1)).stream()
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .distinct()
        .toList();
  }

  Optional<LocalDate> date(String name) {
    String text = text(name);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw new Refused("Invalid parameter, " + name + ": must be YYYY-MM-DD.");
    }
  }

  /** Returns an instant given as a date and a time of New York, or a date. */
  Optional<Long> instant(String name, TradingCalendar calendar, boolean end) {
    String text = text(name).replace('T', ' ').strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (text.length() == 10) {
        LocalDate date = LocalDate.parse(text);
        return Optional.of(calendar.startOf(end ? date.plusDays(1) : date));
      }
      String iso = text.replace(' ', 'T');
      return Optional.of(
          LocalDateTime.parse(iso).atZone(calendar.zone()).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      throw new Refused("Invalid parameter, " + name + ": must be YYYY-MM-DD HH:MM.");
    }
  }

  /** A request that cannot be understood; the message is sent to the client. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
