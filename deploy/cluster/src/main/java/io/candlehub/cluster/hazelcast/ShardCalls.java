package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.ShardOwner;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Calls a {@link ShardOwner} on its own context, in order; outcomes come back to the loop. */
final class ShardCalls {
  private final ShardOwner owner;
  private final CallerContext context;
  private final Executor loop;

  /** Creates the calls for an owner that lives on the context of the caller. */
  ShardCalls(ShardOwner owner, CallerContext context, Executor loop) {
    this.owner = owner;
    this.context = context;
    this.loop = loop;
  }

  Future<Void> gained(int shard, long term, boolean planned) {
    return call(() -> owner.gained(shard, term, planned));
  }

  Future<Void> release(int shard, String successorNodeId) {
    return call(() -> owner.release(shard, successorNodeId));
  }

  void lost(int shard) {
    context.run(() -> owner.lost(shard));
  }

  private Future<Void> call(Supplier<Future<Void>> call) {
    Promise<Void> promise = Promise.promise();
    context.run(() -> {
      try {
        call.get().onComplete(result -> loop.execute(() -> promise.handle(result)));
      } catch (RuntimeException e) {
        loop.execute(() -> promise.fail(e));
      }
    });
    return promise.future();
  }
}
