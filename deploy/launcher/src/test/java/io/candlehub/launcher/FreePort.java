package io.candlehub.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port that is free at the moment, for programs that must be told one. */
public final class FreePort {
  private FreePort() {}

  /**
   * Returns a port of the loopback address that nobody listens on.
   *
   * @throws IOException if there is none
   */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
