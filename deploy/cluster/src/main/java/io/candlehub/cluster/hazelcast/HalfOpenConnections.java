package io.candlehub.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.server.ServerConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections to members that were accepted, by the kernel of a frozen process, and over which nothing ever came.
 *
 * <p>Hazelcast waits for the other side's greeting without limit, and writes to such a connection in an endless loop as
 * soon as something is queued for it, which keeps a core busy; members that are well then lose each other too, and one that
 * starts does not get in (hazelcast/hazelcast#26473, in 5.3.8 and still in 5.7.0; docs/decisions/0020). There is no setting
 * against it, so this looks into Hazelcast's own parts.
 *
 * <p>To be configured as a listener of the member, so that it is there while the member joins. Has a thread of its own
 * from then on until the member ends.
 */
final class HalfOpenConnections implements LifecycleListener, HazelcastInstanceAware {
  private static final Logger LOG = LoggerFactory.getLogger(HalfOpenConnections.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final CountDownLatch ended = new CountDownLatch(1);
  private Map<ServerConnection, Long> silent = new HashMap<>();

  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    Thread thread =
        new Thread(() -> watch((HazelcastInstanceImpl) member), "half-open connections");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(HazelcastInstanceImpl member) {
    try {
      while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look(connections(member));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleState.SHUTDOWN) {
      ended.countDown();
    }
  }

  private static Collection<ServerConnection> connections(HazelcastInstanceImpl member) {
    Node beingMade = member.node;
    return beingMade == null ? List.of() : beingMade.getServer().getConnections();
  }

  private void look(Collection<ServerConnection> connections) {
    long now = System.nanoTime();
    Map<ServerConnection, Long> still = new HashMap<>();
    for (ServerConnection connection : connections) {
      if (connection.isAlive() && connection.lastReadTimeMillis() <= 0) {
        long since = silent.getOrDefault(connection, now);
        if (now - since < PATIENCE.toNanos()) {
          still.put(connection, since);
        } else {
          LOG.info(
              "connection closed [to: {}, reason: no greeting]", connection.getRemoteAddress());
          connection.close("the other side does not greet", null);
        }
      }
    }
    silent = still;
  }
}
