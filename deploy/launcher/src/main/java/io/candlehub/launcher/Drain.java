package io.candlehub.launcher;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Drains the node when the process is told to end. A process that drained on SIGTERM ends with exit code 0, which the
 * JVM by itself would not do.
 */
final class Drain {
  private static final AtomicReference<Node> NODE = new AtomicReference<>();

  private Drain() {}

  static void arm(Node node) {
    NODE.set(node);
    Runtime.getRuntime().addShutdownHook(new Thread(Drain::run, "drain"));
  }

  static boolean isArmed() {
    return NODE.get() != null;
  }

  static void exit(int code) {
    System.out.flush();
    System.exit(code);
  }

  private static void run() {
    Node node = NODE.get();
    boolean clean = node.stop();
    Runtime.getRuntime().halt(clean ? 0 : 1);
  }
}
