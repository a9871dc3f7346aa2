package io.candlehub.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The leases in one Hazelcast map. Maps stall while any member is silent, so every call starts on a worker thread and
 * ends by a time limit.
 */
final class HazelcastLeaseStore implements LeaseStore {
  static final String MAP = "candlehub.leases";

  private static final int THREADS = 4;
  private static final long LIMIT_MILLIS = 3_000;

  private final HazelcastInstance hazelcast;
  private final WorkerExecutor workers;
  private final Context context;

  /** Creates the store; futures complete on the calling context. */
  HazelcastLeaseStore(Vertx vertx, HazelcastInstance hazelcast) {
    this.hazelcast = hazelcast;
    this.workers = vertx.createSharedWorkerExecutor("candlehub-cluster", THREADS);
    this.context = vertx.getOrCreateContext();
  }

  @Override
  public Future<LeaseReply> ask(String key, LeaseAsk ask) {
    return workers
        .executeBlocking(() -> map().submitToKey(key, new LeaseProcessor(ask)), false)
        .compose(stage -> Future.fromCompletionStage(stage, context))
        .map(LeaseReplyData::reply)
        .timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Future<Map<String, LeaseRecord>> all() {
    return workers
        .<Map<String, LeaseRecord>>executeBlocking(
            () -> {
              Map<String, LeaseRecord> records = new HashMap<>();
              map().entrySet().forEach(entry -> records.put(entry.getKey(), entry.getValue()));
              return records;
            },
            false)
        .timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private IMap<String, LeaseRecord> map() {
    return hazelcast.getMap(MAP);
  }
}
