package io.candlehub.gateway.sockjs;

import io.candlehub.gateway.stream.Sink;
import io.candlehub.model.Scheduler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The way to one bridge client: counts what waits for it, whichever transport it came by, and ends it when it stays
 * silent or blocked. Confined to the gateway's event loop.
 *
 * <p>The queues of the transports do not tell how much waits, so every write is counted until it has left. What is
 * written without regard to that, errors and small answers, is limited in number while the client is blocked.
 */
final class BridgeConnection implements Sink<Buffer> {
  private static final int MOST_PRESSED = 1_000;
  private static final int GOING_AWAY = 1001;
  private static final int POLICY = 1008;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration SLOW_CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final SockJSSocket socket;
  private final BridgeLimits limits;
  private final Scheduler scheduler;
  private final LongSupplier nanoClock;
  private final Runnable onDrain;
  private final Runnable onSlow;
  private final Runnable onCut;
  private Scheduler.Cancellable pingTimer = () -> {};
  private Scheduler.Cancellable stallTimer = () -> {};
  private Scheduler.Cancellable cutTimer = () -> {};
  private long lastPingNanos;
  private boolean pinged;
  private long waitingBytes;
  private int pressed;
  private boolean blocked;
  private boolean ended;
  private boolean closed;

  /**
   * Creates the way to a client.
   *
   * @param onDrain told when the client can be written again
   * @param onSlow told when a client that does not read is given up
   * @param onCut told a while after a close was sent if the client has not gone: what is left of the connection is to be
   *     cut
   */
  BridgeConnection(
      SockJSSocket socket,
      BridgeLimits limits,
      Scheduler scheduler,
      LongSupplier nanoClock,
      Runnable onDrain,
      Runnable onSlow,
      Runnable onCut) {
    this.socket = socket;
    this.limits = limits;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    this.onDrain = onDrain;
    this.onSlow = onSlow;
    this.onCut = onCut;
    pingTimer = scheduler.after(limits.pingTimeout(), this::checkPing);
  }

  @Override
  public boolean writable() {
    return !ended && !blocked;
  }

  @Override
  public void write(Buffer frame) {
    if (ended) {
      return;
    }
    waitingBytes += frame.length();
    if (!blocked && waitingBytes > limits.queueBytes()) {
      blocked = true;
      stallTimer = scheduler.after(limits.stallLimit(), this::giveUp);
    }
    socket.write(frame).onComplete(done -> left(frame.length()));
  }

  /** Writes a small answer even to a blocked client, and ends one that asks on and on and never reads. */
  void press(Buffer frame) {
    if (blocked && ++pressed > MOST_PRESSED) {
      giveUp();
    } else {
      write(frame);
    }
  }

  /** The close waits behind what the client does not read, so it is not relied on. */
  private void giveUp() {
    if (!ended) {
      onSlow.run();
      close(POLICY, "SLOW_CLIENT", SLOW_CLOSE_PATIENCE);
    }
  }

  private void left(int bytes) {
    waitingBytes -= bytes;
    if (blocked && !ended && waitingBytes <= limits.queueBytes() / 2) {
      blocked = false;
      pressed = 0;
      stallTimer.cancel();
      onDrain.run();
    }
  }

  void ping() {
    pinged = true;
    lastPingNanos = nanoClock.getAsLong();
  }

  /** A client that does not read cannot be expected to ping; the stall limit ends it. */
  private void checkPing() {
    if (ended) {
      return;
    }
    Duration silent = Duration.ofNanos(nanoClock.getAsLong() - lastPingNanos);
    if (!blocked && (!pinged || silent.compareTo(limits.pingTimeout()) >= 0)) {
      close(GOING_AWAY, "Session expired");
    } else {
      pingTimer = scheduler.after(limits.pingTimeout(), this::checkPing);
    }
  }

  /** Closes the connection; transports without close codes end in their own way. */
  void close(int code, String reason) {
    close(code, reason, CLOSE_PATIENCE);
  }

  /** Says a last word, then closes: a client that polls would not get what is written with the close. */
  void close(Buffer lastWord, int code, String reason) {
    if (!ended) {
      ended();
      cutTimer = scheduler.after(CLOSE_PATIENCE, () -> closeNow(code, reason, CLOSE_PATIENCE));
      socket.write(lastWord).onComplete(left -> closeNow(code, reason, CLOSE_PATIENCE));
    }
  }

  private void close(int code, String reason, Duration patience) {
    if (!ended) {
      ended();
      closeNow(code, reason, patience);
    }
  }

  private void closeNow(int code, String reason, Duration patience) {
    if (!closed) {
      closed = true;
      cutTimer.cancel();
      cutTimer = scheduler.after(patience, onCut);
      socket.close(code, reason);
    }
  }

  /** The connection is gone. */
  void gone() {
    closed = true;
    ended();
    cutTimer.cancel();
  }

  private void ended() {
    ended = true;
    pingTimer.cancel();
    stallTimer.cancel();
  }
}
