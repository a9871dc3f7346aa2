package io.candlehub.launcher;

import io.candlehub.contract.Conversation;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What came over a chart's connection, every text of it held against the documents. Safe anywhere. */
final class ChartInbox {
  private final BlockingQueue<ChartLink.Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Conversation conversation = new Conversation();
  private final AtomicReference<AssertionError> undocumented = new AtomicReference<>();

  /** Tells the documents' reader what was asked, so that it knows the answer. */
  void sent(String text) {
    conversation.sent(text);
  }

  /** Holds a text against the documents; the fault is told to who waits for the next message. */
  void read(String text) {
    try {
      conversation.received(text);
    } catch (AssertionError fault) {
      undocumented.compareAndSet(null, fault);
    }
  }

  void add(ChartLink.Arrival arrival) {
    arrivals.add(arrival);
  }

  Optional<ChartLink.Arrival> next(long millis) throws InterruptedException {
    if (undocumented.get() != null) {
      throw undocumented.get();
    }
    return Optional.ofNullable(arrivals.poll(millis, TimeUnit.MILLISECONDS));
  }
}
