package io.candlehub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel holds of a server's connections on this machine.
 *
 * @param sendBytes waiting to be sent or acknowledged, on the server's side
 * @param receiveBytes waiting to be read, on the clients' side
 */
record KernelQueues(long sendBytes, long receiveBytes) {
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int QUEUES = 4;
  private static final int HEXADECIMAL = 16;

  /** Reads them from {@code /proc/net/tcp} and {@code tcp6}; zeros where there is none. */
  static KernelQueues of(int port) throws IOException {
    long send = 0;
    long receive = 0;
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (!Files.isReadable(Path.of(table))) {
        continue;
      }
      for (String line : Files.readAllLines(Path.of(table)).stream().skip(1).toList()) {
        String[] fields = line.strip().split("\\s+", -1);
        String[] queues = fields[QUEUES].split(":", -1);
        if (port(fields[LOCAL]) == port) {
          send += Long.parseLong(queues[0], HEXADECIMAL);
        } else if (port(fields[REMOTE]) == port) {
          receive += Long.parseLong(queues[1], HEXADECIMAL);
        }
      }
    }
    return new KernelQueues(send, receive);
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEXADECIMAL);
  }
}
