package io.candlehub.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A way to a server on which connections break when the test says so. */
public final class LossyRelay implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int target;

  /** Relays from the loopback address to a port of it. */
  LossyRelay(int target) throws IOException {
    this(InetAddress.getLoopbackAddress(), target);
  }

  /**
   * Relays to a port of the loopback address.
   *
   * @param from where it listens
   * @param target the port
   * @throws IOException if it cannot listen there
   */
  public LossyRelay(InetAddress from, int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, from);
    threads.execute(this::accept);
  }

  /** Returns where it listens. */
  public String url() {
    return "http://" + door.getInetAddress().getHostAddress() + ":" + door.getLocalPort();
  }

  /** Breaks every connection; new ones are taken. Returns how many there were. */
  public int cut() {
    open.removeIf(Socket::isClosed);
    int cut = open.size() / 2;
    open.forEach(LossyRelay::end);
    return cut;
  }

  private void accept() {
    try {
      while (true) {
        relay(door.accept());
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void relay(Socket client) {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException nobodyListens) {
      end(client);
      return;
    }
    open.add(client);
    open.add(server);
    threads.execute(() -> pump(client, server));
    threads.execute(() -> pump(server, client));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int read = in.read(buffer);
      while (read >= 0) {
        out.write(buffer, 0, read);
        read = in.read(buffer);
      }
    } catch (IOException cut) {
      // The other side learns it by the end of its own connection.
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
    threads.shutdownNow();
  }
}
