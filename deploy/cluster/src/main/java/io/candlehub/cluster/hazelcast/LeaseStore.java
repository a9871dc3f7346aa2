package io.candlehub.cluster.hazelcast;

import io.vertx.core.Future;
import java.util.Map;

/** Where the leases lie. Futures complete on the cluster's context and end in any case, by failure after a while. */
interface LeaseStore {
  /** Applies a question to the record of a key as one step. */
  Future<LeaseReply> ask(String key, LeaseAsk ask);

  /** Reads all records. */
  Future<Map<String, LeaseRecord>> all();
}
