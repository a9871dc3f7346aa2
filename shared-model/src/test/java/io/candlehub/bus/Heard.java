package io.candlehub.bus;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What one handler of a {@link FanoutCarrier} has heard and nobody has looked at. Safe to use from any thread. */
public final class Heard {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<FanoutMessage> messages = new LinkedBlockingQueue<>();
  private final FanoutSubscription subscription;

  /** Begins to listen. */
  public Heard(FanoutCarrier carrier, String address) {
    subscription = carrier.subscribe(address, messages::add);
  }

  /** Returns the subscription. */
  public FanoutSubscription subscription() {
    return subscription;
  }

  /** Waits for the next message. */
  public FanoutMessage message() throws InterruptedException {
    FanoutMessage next = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing heard");
    }
    return next;
  }

  /** Waits for the next message and returns its number, which header and body must agree about. */
  public int next() throws InterruptedException {
    FanoutMessage next = message();
    int number = next.body().toJsonObject().getInteger("n");
    if (number != Integer.parseInt(next.headers().get("seq"))) {
      throw new AssertionError("header " + next.headers().get("seq") + " of body " + number);
    }
    return number;
  }

  /** Returns how many messages have not been looked at. */
  public int waiting() {
    return messages.size();
  }
}
