package io.candlehub.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server in a process of its own, on a free port of the loopback address, keeping nothing on disk: the system's if it
 * is installed, else the one that embedded-redis brings; nothing is installed for it, as Debian's package would start a
 * server of its own.
 */
final class RedisProcess implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/bin/redis-server");

  private final Path executable;
  private final Path folder;
  private final List<String> options;
  private final int port;
  private Process process;

  /** Starts a server and waits until it listens. */
  RedisProcess(Path folder, String... options) throws IOException {
    this(Files.isExecutable(INSTALLED) ? INSTALLED : bundled(), folder, options);
  }

  /** Starts a server of a choice and waits until it listens. */
  RedisProcess(Path executable, Path folder, String... options) throws IOException {
    this.executable = executable;
    this.folder = folder;
    this.options = List.of(options);
    this.port = freePort();
    start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns the server that is always there. */
  static Path bundled() throws IOException {
    return ExecutableProvider.newJarResourceProvider().get().toPath();
  }

  /** Starts it again on the same port. */
  void start() throws IOException {
    List<String> command = new ArrayList<>(List.of(
        executable.toString(),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        folder.toString()));
    if (!options.contains("--tls-port")) {
      command.addAll(List.of("--port", Integer.toString(port)));
    }
    options.forEach(option -> command.add(option.replace("{port}", Integer.toString(port))));
    process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
    Awaitility.await("redis listens").until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Kills it without a word. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Stops or continues its execution: {@code STOP}, {@code CONT}. */
  void signal(String name) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    kill.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
