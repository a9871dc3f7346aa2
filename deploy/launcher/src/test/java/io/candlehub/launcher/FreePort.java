package io.candlehub.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Finds a port that is free at the moment, for programs that must be told one. */
public final class FreePort {
  /** Below the ports that systems give to connecting sockets, which would take it while a program restarts. */
  private static final int FIRST = 15_000;

  private static final int END = 32_000;
  private static final int TRIES = 100;

  /** Ports looked at before: those that were free are for programs that may not have taken theirs yet. */
  private static final Set<Integer> SEEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /**
   * Returns a port of the loopback address that nobody listens on, another one each time.
   *
   * @throws IOException if there is none
   */
  public static int find() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (SEEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port");
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    }
  }
}
