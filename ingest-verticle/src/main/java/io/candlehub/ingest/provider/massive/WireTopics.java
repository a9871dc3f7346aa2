package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Json;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Topics as the wire writes them, {@code CHANNEL.SYMBOL}, and the requests made of them (WebSocket specification,
 * subscribe). Symbols may contain dots: only the first one separates.
 */
final class WireTopics {
  private static final int MAX_TOPICS = 500;
  private static final int MAX_BYTES = 60_000;
  private static final String INDEX_VALUES = "V";
  private static final Map<Channel, String> NAMES = new EnumMap<>(Map.of(
      Channel.SECONDS, "A",
      Channel.MINUTES, "AM",
      Channel.QUOTES, "Q",
      Channel.TRADES, "T",
      Channel.HALTS, "LULD"));

  private WireTopics() {}

  static String write(Topic topic) {
    return name(topic.channel(), topic.instrument()) + "." + topic.instrument().symbol();
  }

  static Optional<Topic> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return Instrument.parse(text.substring(dot + 1))
        .flatMap(instrument -> NAMES.keySet().stream()
            .filter(channel -> name(channel, instrument).equals(text.substring(0, dot)))
            .findFirst()
            .map(channel -> new Topic(channel, instrument)));
  }

  /** What trades are to others, values are to indices. */
  private static String name(Channel channel, Instrument instrument) {
    boolean ofIndex = instrument.assetClass() == AssetClass.INDEX;
    return ofIndex && channel == Channel.TRADES ? INDEX_VALUES : NAMES.get(channel);
  }

  /** Returns the messages that request an action for topics, each of at most 500 topics and well under 64 KiB. */
  static List<String> requests(String action, Collection<Topic> topics) {
    List<String> requests = new ArrayList<>();
    StringBuilder params = new StringBuilder();
    int count = 0;
    int bytes = 0;
    for (Topic topic : topics) {
      String text = write(topic);
      int size = text.getBytes(StandardCharsets.UTF_8).length + 1;
      if (count == MAX_TOPICS || bytes + size > MAX_BYTES) {
        requests.add(request(action, params.toString()));
        params.setLength(0);
        count = 0;
        bytes = 0;
      }
      params.append(count == 0 ? "" : ",").append(text);
      count++;
      bytes += size;
    }
    if (count > 0) {
      requests.add(request(action, params.toString()));
    }
    return requests;
  }

  /** Returns one message. */
  static String request(String action, String params) {
    return Json.buffer(64 + params.length(), out -> {
          out.writeStartObject();
          out.writeStringField("action", action);
          out.writeStringField("params", params);
          out.writeEndObject();
        })
        .toString(StandardCharsets.UTF_8);
  }
}
