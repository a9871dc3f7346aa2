package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * Carries the packets of one Engine.IO session.
 *
 * <p>Threads: confined to the loop of the session.
 */
interface EngineTransport {

  /** The name of the long polling transport. */
  String POLLING = "polling";

  /** The name of the WebSocket transport. */
  String WEBSOCKET = "websocket";

  /** Returns the protocol's name of the transport. */
  String name();

  /** Starts to deliver what arrives; called again, delivers to another listener. */
  void open(Listener listener);

  /** Returns the headers of the request that carried the message that is being delivered. */
  MultiMap headers();

  /** Queues a packet; order is kept. */
  void sendText(String packet);

  /** Queues an event that other clients may get as well; order is kept. */
  default void sendEvent(EncodedEvent event) {
    sendText(event.packet());
  }

  /** Queues a binary message; order is kept. */
  void sendBinary(Buffer message);

  /** Tells whether little enough waits to be sent. */
  boolean writable();

  /** Closes the transport after what is queued has been sent, or once its patience is over. */
  void close(CloseReason reason);

  /** Drops what is queued and cuts the connection. */
  void abort();

  /** The session above a transport. */
  interface Listener {

    /** A packet arrived. */
    void onText(String packet);

    /** A binary message arrived. */
    void onBinary(Buffer message);

    /** The client broke a rule of the transport; the session is to close it. */
    void onInvalid(InvalidMessage fault, CloseReason reason);

    /** The transport is not writable any more. */
    void onBlocked();

    /** The transport is writable again. */
    void onDrained();

    /** The transport is gone; the last event. */
    void onClosed(CloseReason reason);
  }
}
