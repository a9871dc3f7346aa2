package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * The receiving half of a {@link PollingTransport}: one POST at a time, its packets delivered in order and only while
 * the transport is writable; answered once all are delivered.
 *
 * <p>Threads: confined to the loop of the session.
 */
final class PollPosts {

  private final PollingTransport transport;
  private MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private Exchange current;
  private PayloadCodec.Reader packets;
  private boolean moved;
  private boolean ended;

  PollPosts(PollingTransport transport) {
    this.transport = transport;
  }

  MultiMap headers() {
    return headers;
  }

  /** Takes a POST whose body is still to come. */
  void begin(Exchange post) {
    if (ended) {
      PollingTransport.refuse(post, EngineError.UNKNOWN_SESSION);
    } else if (current != null) {
      PollingTransport.refuse(post, EngineError.BAD_REQUEST);
      transport.fault("two posts at a time");
    } else {
      current = post;
    }
  }

  /** Takes the body of a POST. */
  void arrived(Exchange post, Buffer body) {
    if (current != post) {
      PollingTransport.refuse(post, EngineError.UNKNOWN_SESSION);
      return;
    }
    headers = post.headers();
    try {
      packets = PayloadCodec.read(body);
      deliver();
    } catch (MalformedPacketException e) {
      malformed(e);
    }
  }

  /** Takes note that a POST ended before its body did; its answer, if any, was given. */
  void failed(Exchange post, InvalidMessage fault, CloseReason reason) {
    if (current == post) {
      current = null;
      transport.listener().onInvalid(fault, reason);
    }
  }

  /** Delivers what may be delivered. */
  void deliver() {
    try {
      while (packets != null && packets.hasNext() && transport.reads()) {
        hand(packets.next());
      }
    } catch (MalformedPacketException e) {
      malformed(e);
      return;
    }
    if (packets != null && !packets.hasNext() && !ended) {
      packets = null;
      finish(HttpAnswer.ok());
    }
  }

  /** Delivers the rest of a POST to a session that has moved to another transport; no other POST is taken. */
  void moved() {
    moved = true;
    deliver();
  }

  boolean haveMoved() {
    return moved;
  }

  /** Answers the POST under way; nothing of it is delivered any more. */
  void end(boolean orderly) {
    if (ended) {
      return;
    }
    ended = true;
    boolean arrived = packets != null;
    packets = null;
    finish(orderly && arrived ? HttpAnswer.ok() : HttpAnswer.refusal(EngineError.BAD_REQUEST));
  }

  void cut() {
    ended = true;
    packets = null;
    if (current != null) {
      current.cut();
      current = null;
    }
  }

  private void hand(Object packet) {
    if (packet instanceof Buffer message) {
      transport.listener().onBinary(message);
    } else {
      transport.listener().onText((String) packet);
    }
  }

  private void malformed(MalformedPacketException fault) {
    packets = null;
    transport
        .listener()
        .onInvalid(
            new InvalidMessage(InvalidMessage.Kind.MALFORMED, fault.getMessage()),
            CloseReason.PARSE_ERROR);
  }

  private void finish(HttpAnswer answer) {
    if (current != null) {
      Exchange post = current;
      current = null;
      // A client that does not hear of it has its own rules for that.
      var unused = post.answer(answer);
    }
  }
}
