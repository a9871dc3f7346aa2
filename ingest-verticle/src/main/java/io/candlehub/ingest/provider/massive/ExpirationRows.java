package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Violation;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/**
 * Collects the dates on which contracts expire from the rows of the reference data (OpenAPI document, options contracts).
 * Confined to one event loop.
 */
final class ExpirationRows implements Rows {
  private final FeedMeters meters;
  private final TreeSet<LocalDate> dates = new TreeSet<>();
  private String date = "";

  ExpirationRows(FeedMeters meters) {
    this.meters = meters;
  }

  List<LocalDate> ascending() {
    return List.copyOf(dates);
  }

  @Override
  public void begin() {
    date = "";
  }

  @Override
  public void field(String name, JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_STRING && name.equals("expiration_date")) {
      date = parser.getText();
    }
  }

  @Override
  public void end() {
    if (date.isEmpty()) {
      meters.violation(Violation.MISSING_FIELD);
      return;
    }
    try {
      dates.add(LocalDate.parse(date));
    } catch (DateTimeException e) {
      meters.violation(Violation.BAD_TIME);
    }
  }

  @Override
  public void malformed() {
    meters.violation(Violation.MALFORMED);
  }
}
