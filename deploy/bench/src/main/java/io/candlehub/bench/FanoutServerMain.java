package io.candlehub.bench;

import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A server of the fan-out measurement in a process of its own. It prints one line with its address, then reads updates
 * from standard input: stream, number and JSON, divided by tabs. The line {@code heap} asks for the live heap in bytes,
 * {@code direct} for what Netty holds outside of it.
 */
@Command(name = "fanout-server", description = "Used by fanout.", hidden = true)
final class FanoutServerMain implements Callable<Integer> {
  private static final int COLLECTIONS = 4;

  @Option(names = "--peer", required = true, description = "Which server.")
  private FanoutKind kind;

  @Option(names = "--set", description = "Candlehub's settings.")
  private Map<String, String> settings = Map.of();

  @Override
  public Integer call() throws Exception {
    FanoutPeer peer = switch (kind) {
      case CANDLEHUB -> new CandlehubPeer(settings);
      case NETTY_SOCKETIO -> new NettySocketIoPeer();
      case BRIDGE -> new BridgePeer();
      case PLAIN -> new PlainPeer();
      case NODE -> throw new IllegalArgumentException("Node has a process of another kind");
    };
    System.out.println("ready http://127.0.0.1:" + peer.listen());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("heap")) {
        System.out.println(liveHeapBytes());
      } else if (line.equals("direct")) {
        System.out.println(PlatformDependent.usedDirectMemory());
      } else {
        int first = line.indexOf('\t');
        int second = line.indexOf('\t', first + 1);
        peer.publish(
            line.substring(0, first),
            Long.parseLong(line.substring(first + 1, second)),
            line.substring(second + 1));
      }
    }
    return 0;
  }

  private static long liveHeapBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
