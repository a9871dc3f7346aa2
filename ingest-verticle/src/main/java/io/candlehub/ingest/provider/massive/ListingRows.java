package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.Listing;
import io.candlehub.model.Instrument;
import io.candlehub.model.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the rows of the tickers and contracts endpoints into listings (OpenAPI document, reference). A contract's type is
 * its right. Confined to one event loop.
 */
final class ListingRows implements Rows {
  private final FeedMeters meters;
  private final List<Listing> listings = new ArrayList<>();
  private String ticker = "";
  private String name = "";
  private String type = "";
  private String exchange = "";

  ListingRows(FeedMeters meters) {
    this.meters = meters;
  }

  List<Listing> listings() {
    return listings;
  }

  @Override
  public void begin() {
    ticker = "";
    name = "";
    type = "";
    exchange = "";
  }

  @Override
  public void field(String field, JsonToken token, JsonParser parser) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return;
    }
    switch (field) {
      case "ticker" -> ticker = parser.getText();
      case "name" -> name = parser.getText();
      case "type", "contract_type" -> type = parser.getText();
      case "primary_exchange" -> exchange = parser.getText();
      default -> {
        return;
      }
    }
  }

  @Override
  public void end() {
    Optional<Instrument> instrument = Instrument.parse(ticker);
    if (instrument.isEmpty()) {
      meters.violation(ticker.isEmpty() ? Violation.MISSING_FIELD : Violation.BAD_SYMBOL);
    } else {
      listings.add(new Listing(instrument.get(), name, type, exchange));
    }
  }

  @Override
  public void malformed() {
    meters.violation(Violation.MALFORMED);
  }
}
