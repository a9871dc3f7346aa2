package io.candlehub.bus;

import io.candlehub.cluster.Registration;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Brings what hubs publish about streams to the nodes that listen, and to those only.
 *
 * <p>Delivery is at most once and in the order of publication for an address and a publisher; a carrier that lost its
 * connection may tell the last message of an address a second time. Whoever needs all of it looks at the positions in the
 * messages, and asks the hub when one is missing or when the carrier says {@link Listener#restored()}.
 *
 * <p>Safe to use from any thread; none of the methods blocks.
 */
public interface FanoutCarrier {
  /**
   * Publishes a message. It is dropped, and counted as dropped, if the carrier has no room for it.
   *
   * @param address one of {@link Addresses}
   * @param body the UTF-8 text of a JSON object; not to be changed any more
   * @param headers short texts about it, without repeated names
   */
  void publish(String address, Buffer body, MultiMap headers);

  /**
   * Listens to an address. The handler runs on the Vert.x context of the caller, which must have one, and never before the
   * task that subscribes has ended.
   *
   * @param address one of {@link Addresses}
   * @param handler gets each message once
   */
  FanoutSubscription subscribe(String address, Consumer<FanoutMessage> handler);

  /** Adds a listener, called on the Vert.x context of the caller. */
  Registration listen(Listener listener);

  /** Returns whether what is published reaches the handlers of this node. */
  boolean delivers();

  /** Returns how this node's connection is, for delivery and for publishing. */
  CarrierState state();

  /** Gives the connection up; nothing is published or delivered any more. */
  Future<Void> close();

  /** Hears that a node's connection is lost and back. */
  interface Listener {
    /** Takes note that nothing will be delivered until {@link #restored()}. */
    void lost();

    /** Takes note that everything is subscribed again, and that messages in between may be missing. */
    void restored();
  }
}
