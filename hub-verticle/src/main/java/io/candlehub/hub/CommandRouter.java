package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusHeaders;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings commands about an instrument to the hub that owns it: answers them here if that is this node, else passes
 * question and answer on. Confined to the hub's event loop.
 */
final class CommandRouter {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRouter.class);
  private static final long SOON_MILLIS = 250;
  private static final long CUT_OFF_MILLIS = 1_000;
  private static final long TIMEOUT_MILLIS = 30_000;

  private final Cluster cluster;
  private final EventBus bus;
  private final OwnedShards shards;
  private final Set<Pending> pending = new LinkedHashSet<>();

  CommandRouter(Cluster cluster, EventBus bus, OwnedShards shards) {
    this.cluster = cluster;
    this.bus = bus;
    this.shards = shards;
  }

  /** A question under way to another node. */
  private static final class Pending {
    private final OptionalInt shard;
    private final String node;
    private final Promise<Message<Object>> answer = Promise.promise();

    Pending(OptionalInt shard, String node) {
      this.shard = shard;
      this.node = node;
    }
  }

  /** Answers a command here. */
  static void answer(Message<JsonObject> message, Handler<Message<JsonObject>> command) {
    try {
      command.handle(message);
    } catch (FailureException refused) {
      refused.replyTo(message);
    } catch (RuntimeException fault) {
      LOG.error("command failed [address: {}]", message.address(), fault);
      FailureException.of(fault).replyTo(message);
    }
  }

  /** Returns a command that is answered by whoever owns the instrument in question. */
  Handler<Message<JsonObject>> bySymbol(String address, Handler<Message<JsonObject>> command) {
    return byShard(address, this::shardOfSymbol, command);
  }

  private OptionalInt shardOfSymbol(JsonObject question) {
    Optional<Instrument> instrument = question.getValue("symbol") instanceof String symbol
        ? Instrument.parse(symbol)
        : Optional.empty();
    return instrument.map(known -> OptionalInt.of(shards.of(known))).orElse(OptionalInt.empty());
  }

  /** Returns a command that is answered by whoever owns the shard of the question; here if it has none. */
  Handler<Message<JsonObject>> byShard(
      String address,
      Function<JsonObject, OptionalInt> shardOf,
      Handler<Message<JsonObject>> command) {
    return message -> {
      OptionalInt found = shardOf.apply(message.body());
      if (found.isEmpty()) {
        answer(message, command);
        return;
      }
      int shard = found.getAsInt();
      if (cluster.isFenced()) {
        cutOff().replyTo(message);
      } else if (shards.owns(shard)) {
        shards
            .ready(shard)
            .onSuccess(served -> answer(message, command))
            .onFailure(moved -> moving().replyTo(message));
      } else {
        forward(address, shard, message);
      }
    };
  }

  /** Returns the answer for symbols that this node must not answer for at the moment. */
  static FailureException moving() {
    return Failure.UNAVAILABLE.because(
        "the symbol is about to be served by another node", SOON_MILLIS);
  }

  private static FailureException cutOff() {
    return Failure.UNAVAILABLE.because("this node is cut off from the other nodes", CUT_OFF_MILLIS);
  }

  private void forward(String address, int shard, Message<JsonObject> message) {
    Optional<String> node = cluster
        .owner(shard)
        .map(Lease::nodeId)
        .filter(owner -> !owner.isEmpty() && !owner.equals(cluster.nodeId()));
    if (node.isEmpty() || isForwarded(message)) {
      moving().replyTo(message);
      return;
    }
    ask(OptionalInt.of(shard), node.get(), address, message.body())
        .onSuccess(answer ->
            message.reply(answer.body(), new DeliveryOptions().setHeaders(answer.headers())))
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  /** Asks a command of another node; fails at once if that node, or its right to the shard, is gone. */
  Future<Message<Object>> ask(OptionalInt shard, String node, String address, JsonObject question) {
    Pending asked = new Pending(shard, node);
    pending.add(asked);
    DeliveryOptions options =
        new DeliveryOptions().addHeader(BusHeaders.COMMAND, address).setSendTimeout(TIMEOUT_MILLIS);
    bus.<Object>request(Addresses.hubCommand(node), question, options)
        .onSuccess(asked.answer::tryComplete)
        .onFailure(asked.answer::tryFail);
    return asked.answer.future().onComplete(done -> pending.remove(asked));
  }

  /** Returns true if another hub has passed a command on to this one. */
  static boolean isForwarded(Message<?> message) {
    return message.headers().contains(BusHeaders.COMMAND);
  }

  /** Returns which command of this node's was asked by another one. */
  static String command(Message<?> message) {
    return String.valueOf(message.headers().get(BusHeaders.COMMAND));
  }

  /** Takes note of the nodes there are. */
  void membersChanged(List<Member> members) {
    Set<String> nodes = members.stream().map(Member::nodeId).collect(Collectors.toSet());
    fail(asked -> !nodes.contains(asked.node), moving());
  }

  /** Takes note that this node is cut off: whoever was asked may be a former owner. */
  void fenced() {
    fail(asked -> true, cutOff());
  }

  /** Takes note of a shard's owner. */
  void ownerChanged(Lease lease) {
    OptionalInt shard = Shards.ofLeaseKey(lease.key());
    fail(
        asked -> shard.isPresent() && asked.shard.equals(shard) && !lease.isHeldBy(asked.node),
        moving());
  }

  private void fail(Predicate<Pending> isLost, FailureException why) {
    pending.stream().filter(isLost).toList().forEach(asked -> asked.answer.tryFail(why));
  }
}
