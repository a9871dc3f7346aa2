package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Lease;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Peers over the event bus: one address per node. */
final class BusPeers implements Peers {
  private static final Logger LOG = LoggerFactory.getLogger(BusPeers.class);
  private static final String PREFIX = "cluster.node.";
  private static final String KIND = "kind";
  private static final String FROM = "from";
  private static final String VALUE = "value";
  private static final int GONE_MILLIS = 300;
  private static final int REMEMBERED = 256;
  private static final long PROBE_MILLIS = 1_000;
  private static final long ECHO_MILLIS = 2_500;
  private static final long MOVE_MILLIS = 15_000;

  private final EventBus bus;
  private final NetClient sockets;
  private final ClusterManager manager;
  private final String self;
  private final Map<String, NodeInfo> addresses = new LinkedHashMap<>();

  BusPeers(Vertx vertx, ClusterManager manager, String self) {
    this.bus = vertx.eventBus();
    this.sockets = vertx.createNetClient(new NetClientOptions().setConnectTimeout(GONE_MILLIS));
    this.manager = manager;
    this.self = self;
  }

  /** Answers what other nodes ask of this one; done when they can. */
  Future<Void> serve(ClusterCore core) {
    return bus.<JsonObject>consumer(PREFIX + self, message -> answer(core, message))
        .completion();
  }

  private void answer(ClusterCore core, Message<JsonObject> message) {
    JsonObject body = message.body();
    String from = body.getString(FROM);
    switch (body.getString(KIND)) {
      case "probe" -> message.reply(core.probed(from, body.getBoolean(VALUE)));
      case "echo" -> core.echoAsked(from).onSuccess(message::reply);
      case "move" ->
        core.moveAsked(from, body.getInteger(VALUE))
            .onSuccess(message::reply)
            .onFailure(e -> message.fail(0, "the lease is not given back yet"));
      case "lease" ->
        core.told(new Lease(body.getString("key"), body.getString("holder"), body.getLong("term")));
      default -> LOG.warn("peer asks for something unknown [kind: {}]", body.getString(KIND));
    }
  }

  @Override
  public Future<Boolean> probe(String nodeId, boolean available) {
    return ask(nodeId, body("probe").put(VALUE, available), PROBE_MILLIS)
        .onSuccess(ignored -> lookUp(nodeId));
  }

  /** Remembers where a node listens, for the time when the cluster has forgotten it. */
  private void lookUp(String nodeId) {
    if (!addresses.containsKey(nodeId)) {
      Promise<NodeInfo> promise = Promise.promise();
      manager.getNodeInfo(nodeId, promise);
      promise
          .future()
          .onSuccess(info -> {
            addresses.put(nodeId, info);
            if (addresses.size() > REMEMBERED) {
              addresses.remove(addresses.keySet().iterator().next());
            }
          })
          .onFailure(e -> LOG.debug("address of a peer is not known [node: {}]", nodeId, e));
    }
  }

  @Override
  public Future<Boolean> isGone(String nodeId) {
    NodeInfo info = addresses.get(nodeId);
    if (info == null) {
      return Future.succeededFuture(false);
    }
    return sockets
        .connect(info.port(), info.host())
        .compose(NetSocket::close)
        .map(false)
        .otherwise(e -> String.valueOf(e.getMessage()).contains("refused"));
  }

  @Override
  public Future<Boolean> echo(String nodeId) {
    return ask(nodeId, body("echo"), ECHO_MILLIS);
  }

  @Override
  public Future<Boolean> askMove(String ownerNodeId, int shard) {
    return ask(ownerNodeId, body("move").put(VALUE, shard), MOVE_MILLIS);
  }

  @Override
  public void tell(String nodeId, Lease lease) {
    bus.send(
        PREFIX + nodeId,
        body("lease")
            .put("key", lease.key())
            .put("holder", lease.nodeId())
            .put("term", lease.term()));
  }

  private JsonObject body(String kind) {
    return new JsonObject().put(KIND, kind).put(FROM, self);
  }

  private Future<Boolean> ask(String nodeId, JsonObject body, long millis) {
    return bus.<Boolean>request(PREFIX + nodeId, body, new DeliveryOptions().setSendTimeout(millis))
        .map(Message::body);
  }
}
