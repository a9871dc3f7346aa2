package io.candlehub.gateway;

import io.candlehub.cluster.ClusterListener;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the clients of a node that is cut off from the cluster elsewhere: the others go on, and here nothing changes any
 * more. Once for each time it is cut off; who connects later may have no other place and is served what is there.
 *
 * <p>Confined to the gateway's event loop.
 */
final class HandOver implements ClusterListener {
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

  private final Scheduler scheduler;
  private final Duration patience;
  private final Runnable sendElsewhere;
  private Scheduler.Cancellable timer = () -> {};

  /**
   * Creates one for a node that is not cut off.
   *
   * @param patience how long clients are kept, more than zero; a short cut need not be noticed
   * @param sendElsewhere ends the clients' connections
   */
  HandOver(Scheduler scheduler, Duration patience, Runnable sendElsewhere) {
    this.scheduler = scheduler;
    this.patience = patience;
    this.sendElsewhere = sendElsewhere;
  }

  @Override
  public void fenced() {
    timer.cancel();
    timer = scheduler.after(patience, () -> {
      LOG.warn("clients are sent elsewhere [cutOffMillis: {}]", patience.toMillis());
      sendElsewhere.run();
    });
  }

  @Override
  public void restored() {
    timer.cancel();
  }
}
