package io.candlehub.gateway.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.Failure;
import io.candlehub.bus.Json;
import io.candlehub.model.StreamKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Bars as CSV (RFC 4180): the fields of a BAR in one order; what a bar lacks stays empty. No value needs quotes: they
 * are numbers and words of the contract.
 */
final class CsvBars {
  private static final String HEAD = "t,o,h,l,c,v,vw,n,state,isFinal,revision,source,coverage";
  private static final List<String> COLUMNS = List.of(HEAD.split(","));

  private CsvBars() {}

  /** Writes the headers; the lines have no place to say whose bars they are. */
  static HttpServerResponse begin(HttpServerResponse response, StreamKey key) {
    return response
        .putHeader("Content-Type", "text/csv; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Bars-Of", ChartedBars.of(key).instrument().symbol());
  }

  /** Returns the first line. */
  static Buffer head() {
    return Buffer.buffer(HEAD + "\r\n");
  }

  /**
   * Returns the lines of bars.
   *
   * @param bars JSON objects with commas between them
   */
  static Buffer lines(Buffer bars) {
    byte[] array = Buffer.buffer(bars.length() + 2)
        .appendString("[")
        .appendBuffer(bars)
        .appendString("]")
        .getBytes();
    StringBuilder lines = new StringBuilder(bars.length() / 2);
    String[] values = new String[COLUMNS.size()];
    try (JsonParser in = Json.FACTORY.createParser(array)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.START_OBJECT) {
        Arrays.fill(values, "");
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          int column = COLUMNS.indexOf(in.currentName());
          in.nextToken();
          if (column >= 0) {
            values[column] = in.getText();
          }
        }
        for (int i = 0; i < values.length; i++) {
          lines.append(i == 0 ? "" : ",").append(values[i]);
        }
        lines.append("\r\n");
      }
    } catch (IOException e) {
      throw Failure.INTERNAL.because("the bars cannot be read");
    }
    return Buffer.buffer(lines.toString());
  }
}
