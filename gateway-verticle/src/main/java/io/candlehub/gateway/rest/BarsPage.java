package io.candlehub.gateway.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.bus.Failure;
import io.candlehub.bus.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hub's answer to a request for bars, cut into its fields without reading the bars as objects.
 *
 * @param bars the inside of the array of bars, as JSON text; empty if there are none
 * @param fields every other field with its value as JSON text
 */
record BarsPage(Buffer bars, Map<String, Buffer> fields) {
  private static final String CSV_HEAD = "t,o,h,l,c,v,vw,n,state,isFinal,revision,source,coverage";
  private static final String[] COLUMNS = CSV_HEAD.split(",");

  BarsPage {
    fields = Map.copyOf(fields);
  }

  /** Cuts an answer; one that is no JSON object with bars is a fault of ours. */
  static BarsPage of(Buffer answer) {
    byte[] bytes = answer.getBytes();
    Map<String, Buffer> fields = new LinkedHashMap<>();
    try (JsonParser in = Json.FACTORY.createParser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw Failure.INTERNAL.because("the bars cannot be read");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        int from = (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        in.finishToken();
        int to = (int) in.currentLocation().getByteOffset();
        fields.put(name, answer.slice(from, to));
      }
    } catch (IOException e) {
      throw Failure.INTERNAL.because("the bars cannot be read");
    }
    Buffer bars = fields.remove("bars");
    if (bars == null || bars.length() < 2) {
      throw Failure.INTERNAL.because("the bars cannot be read");
    }
    return new BarsPage(bars.slice(1, bars.length() - 1), fields);
  }

  /** Returns the first line of CSV. */
  static Buffer csvHead() {
    return Buffer.buffer(CSV_HEAD + "\r\n");
  }

  /** Returns the bars as lines of CSV (RFC 4180) in the order of {@link #csvHead}; what a bar lacks stays empty. */
  Buffer csvLines() {
    Buffer lines = Buffer.buffer(bars.length());
    byte[] array = Buffer.buffer("[").appendBuffer(bars).appendString("]").getBytes();
    try (JsonParser in = Json.FACTORY.createParser(array)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> values = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          in.nextToken();
          values.put(name, in.getText());
        }
        for (int i = 0; i < COLUMNS.length; i++) {
          lines.appendString(i == 0 ? "" : ",").appendString(values.getOrDefault(COLUMNS[i], ""));
        }
        lines.appendString("\r\n");
      }
    } catch (IOException e) {
      throw Failure.INTERNAL.because("the bars cannot be read");
    }
    return lines;
  }
}
