package io.candlehub.ingest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.SingleNode;
import io.candlehub.model.feed.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a hub node wants streamed.
 *
 * @param node the hub node; that of a node alone if the message does not tell
 * @param topics the complete set, the most important first
 */
record DemandMessage(String node, Set<Topic> topics) {
  private static final String NODE = "node";
  private static final String TOPICS = "topics";

  /** Copies the set. */
  DemandMessage {
    topics = Collections.unmodifiableSet(new LinkedHashSet<>(topics));
  }

  /**
   * Reads a message's body.
   *
   * @throws FailureException {@code INVALID_PARAMETER} if it is none
   */
  static DemandMessage of(JsonObject body) {
    if (!(body.getValue(NODE, SingleNode.NODE_ID) instanceof String node)) {
      throw Failure.INVALID_PARAMETER.because("node must be a text");
    }
    if (!(body.getValue(TOPICS) instanceof JsonArray texts)) {
      throw Failure.INVALID_PARAMETER.because("topics must be a list");
    }
    return new DemandMessage(
        node,
        IntStream.range(0, texts.size())
            .mapToObj(i -> Topic.parse(String.valueOf(texts.getValue(i)))
                .orElseThrow(() -> Failure.INVALID_PARAMETER.because("topics: unknown topic")))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** Returns the message's body. */
  JsonObject toJson() {
    JsonArray texts = new JsonArray();
    topics.forEach(topic -> texts.add(topic.toString()));
    return new JsonObject().put(NODE, node).put(TOPICS, texts);
  }
}
