package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Lease;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Has bars loaded ahead by the nodes that own the symbols. Confined to the hub's event loop. */
final class WarmSplit {
  private static final String SYMBOLS = "symbols";
  private static final String QUEUED = "queued";

  private final Cluster cluster;
  private final OwnedShards shards;
  private final CommandRouter router;
  private final WarmUp warmUp;

  WarmSplit(Cluster cluster, OwnedShards shards, CommandRouter router, WarmUp warmUp) {
    this.cluster = cluster;
    this.shards = shards;
    this.router = router;
    this.warmUp = warmUp;
  }

  /** Answers a command with all that was queued. */
  void warm(Message<JsonObject> message) {
    JsonObject question = message.body();
    warmUp.check(question);
    if (CommandRouter.isForwarded(message) || cluster.members().size() == 1) {
      message.reply(warmUp.warm(question));
      return;
    }
    Map<String, JsonArray> parts = new TreeMap<>();
    for (Object symbol : question.getJsonArray(SYMBOLS)) {
      parts
          .computeIfAbsent(owner(String.valueOf(symbol)), node -> new JsonArray())
          .add(symbol);
    }
    List<Future<JsonObject>> answers = new ArrayList<>();
    parts.forEach((node, symbols) -> {
      JsonObject part = question.copy().put(SYMBOLS, symbols);
      answers.add(
          node.equals(cluster.nodeId())
              ? Future.succeededFuture(warmUp.warm(part))
              : router
                  .ask(OptionalInt.empty(), node, Addresses.COMMAND_WARM, part)
                  .map(answer -> (JsonObject) answer.body()));
    });
    Future.all(answers)
        .onSuccess(done -> {
          JsonArray queued = new JsonArray();
          answers.forEach(answer -> queued.addAll(answer.result().getJsonArray(QUEUED)));
          message.reply(new JsonObject().put(QUEUED, queued));
        })
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  private String owner(String symbol) {
    int shard = shards.of(Instrument.of(symbol));
    return cluster
        .owner(shard)
        .map(Lease::nodeId)
        .filter(node -> !node.isEmpty())
        .orElse(cluster.nodeId());
  }
}
