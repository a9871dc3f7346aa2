package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.Split;
import io.candlehub.model.Violation;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns the rows of the splits endpoint into splits (REST documentation, stock splits). Confined to one event loop. */
final class SplitRows implements Rows {
  private final FeedMeters meters;
  private final List<Split> splits = new ArrayList<>();
  private String date = "";
  private double from;
  private double to;

  SplitRows(FeedMeters meters) {
    this.meters = meters;
  }

  List<Split> oldestFirst() {
    return splits.stream().sorted(Comparator.comparing(Split::date)).toList();
  }

  @Override
  public void begin() {
    date = "";
    from = Double.NaN;
    to = Double.NaN;
  }

  @Override
  public void field(String name, JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_STRING && name.equals("execution_date")) {
      date = parser.getText();
    } else if (token.isNumeric() && name.equals("split_from")) {
      from = parser.getDoubleValue();
    } else if (token.isNumeric() && name.equals("split_to")) {
      to = parser.getDoubleValue();
    }
  }

  @Override
  public void end() {
    if (date.isEmpty() || Double.isNaN(from + to)) {
      meters.violation(Violation.MISSING_FIELD);
    } else if (!(from > 0 && to > 0)) {
      meters.violation(Violation.NOT_POSITIVE);
    } else {
      try {
        splits.add(new Split(LocalDate.parse(date), from, to));
      } catch (DateTimeException e) {
        meters.violation(Violation.BAD_TIME);
      }
    }
  }

  @Override
  public void malformed() {
    meters.violation(Violation.MALFORMED);
  }
}
