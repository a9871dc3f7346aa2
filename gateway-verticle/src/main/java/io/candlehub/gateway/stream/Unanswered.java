package io.candlehub.gateway.stream;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is heard of a stream while the hub's answer is awaited, to be applied on top of it, oldest first. Of too much the
 * oldest is dropped, which shows as a hole. Confined to the gateway's event loop.
 */
final class Unanswered<M> {
  private final int most;
  private final Deque<M> heard = new ArrayDeque<>();

  Unanswered(int most) {
    this.most = most;
  }

  void add(M message) {
    if (heard.size() == most) {
      heard.removeFirst();
    }
    heard.addLast(message);
  }

  boolean isEmpty() {
    return heard.isEmpty();
  }

  M next() {
    return heard.removeFirst();
  }
}
