package io.candlehub.launcher;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Drains the node when the process is told to end. A process that drained on SIGTERM ends with exit code 0, which the
 * JVM by itself would not do.
 */
final class Drain {
  private static final AtomicReference<Node> NODE = new AtomicReference<>();
  private static final AtomicReference<ExitCode> REASON = new AtomicReference<>(ExitCode.DONE);

  private Drain() {}

  static void arm(Node node) {
    NODE.set(node);
    Runtime.getRuntime().addShutdownHook(new Thread(Drain::run, "drain"));
    node.marketOver().onSuccess(over -> end(ExitCode.MARKET_OVER));
  }

  static boolean isArmed() {
    return NODE.get() != null;
  }

  static void exit(int code) {
    System.out.flush();
    System.exit(code);
  }

  /** Drains and ends; returns at once, as the exit waits for the drain, which needs the caller's event loop. */
  private static void end(ExitCode reason) {
    REASON.set(reason);
    new Thread(() -> exit(reason.number()), "end").start();
  }

  private static void run() {
    Node node = NODE.get();
    boolean clean = node.stop();
    ExitCode reason = REASON.get();
    Runtime.getRuntime()
        .halt((clean || reason != ExitCode.DONE ? reason : ExitCode.FAILED).number());
  }
}
