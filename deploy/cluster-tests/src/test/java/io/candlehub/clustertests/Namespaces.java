package io.candlehub.clustertests;

import io.candlehub.launcher.LossyRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace for each node, so that nodes can be cut from each other. Each has two cables: one to a bridge that
 * only nodes are at and that is cut, and one to this machine for clients and the exchange, which is not. Needs root and
 * {@code ip}; everything carries this process' number and is removed in {@link #close}.
 */
final class Namespaces implements AutoCloseable {
  private static final Path IP = Path.of("/usr/sbin/ip");
  private static final String NOBODY = "02:00:00:00:00:01";

  private final long pid = ProcessHandle.current().pid();
  private final int subnet = (int) (pid % 250);
  private final String nodesBridge = "chn" + pid;
  private final String clientsBridge = "chc" + pid;
  private final int nodes;
  private final List<LossyRelay> relays = new ArrayList<>();

  /** Creates the networks of so many nodes. */
  Namespaces(int nodes) throws IOException {
    this.nodes = nodes;
    try {
      ip("link", "add", nodesBridge, "type", "bridge");
      ip("link", "set", nodesBridge, "up");
      ip("link", "add", clientsBridge, "type", "bridge");
      ip("addr", "add", clientsHost(254) + "/24", "dev", clientsBridge);
      ip("link", "set", clientsBridge, "up");
      for (int node = 1; node <= nodes; node++) {
        add(node);
      }
    } catch (IOException | RuntimeException e) {
      remove();
      throw e;
    }
  }

  /** Says why there cannot be namespaces, empty if there can. */
  static String missing() {
    if (!Files.isExecutable(IP)) {
      return "needs ip (Debian: iproute2)";
    }
    return "root".equals(System.getProperty("user.name")) ? "" : "needs root";
  }

  private void add(int node) throws IOException {
    ip("netns", "add", namespace(node));
    inside(node, "link", "set", "lo", "up");
    cable(node, port(node), "nodes", nodesBridge, nodesHost(node));
    cable(node, clientsPort(node), "clients", clientsBridge, clientsHost(node));
  }

  private void cable(int node, String port, String device, String bridge, String address)
      throws IOException {
    ip("link", "add", port, "type", "veth", "peer", "name", device, "netns", namespace(node));
    ip("link", "set", port, "master", bridge, "up");
    inside(node, "addr", "add", address + "/24", "dev", device);
    inside(node, "link", "set", device, "up");
  }

  private String namespace(int node) {
    return "ch" + pid + "." + node;
  }

  private String port(int node) {
    return "chp" + pid + "." + node;
  }

  private String clientsPort(int node) {
    return "chk" + pid + "." + node;
  }

  private String nodesHost(int node) {
    return "10.97." + subnet + "." + node;
  }

  private String clientsHost(int node) {
    return "10.98." + subnet + "." + node;
  }

  /** Returns where every node reaches what listens on a port of the loopback address, cut or not. */
  URI reach(int loopbackPort) throws IOException {
    LossyRelay relay = new LossyRelay(InetAddress.getByName(clientsHost(254)), loopbackPort);
    relays.add(relay);
    return URI.create(relay.url());
  }

  /** Returns where a node runs, counted from 1, with the exchange as {@link #reach} gave it. */
  Place place(int node, URI exchange) {
    return new Place(
        List.of(IP.toString(), "netns", "exec", namespace(node)),
        nodesHost(node),
        clientsHost(node),
        exchange.toString());
  }

  /** Cuts a node from all others, in both directions; packets vanish. */
  void cut(int node) throws IOException {
    ip("link", "set", port(node), "nomaster");
  }

  /** Joins a node that was cut. */
  void join(int node) throws IOException {
    ip("link", "set", port(node), "master", nodesBridge);
  }

  /** Lets all that a node sends to the others vanish, while it hears them. */
  void silence(int node) throws IOException {
    for (int other = 1; other <= nodes; other++) {
      if (other != node) {
        inside(
            node,
            "neigh",
            "replace",
            nodesHost(other),
            "lladdr",
            NOBODY,
            "dev",
            "nodes",
            "nud",
            "permanent");
      }
    }
  }

  /** Lets a node that was silenced be heard again. */
  void unsilence(int node) throws IOException {
    for (int other = 1; other <= nodes; other++) {
      if (other != node) {
        inside(node, "neigh", "del", nodesHost(other), "dev", "nodes");
      }
    }
  }

  private void inside(int node, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("-n", namespace(node)));
    all.addAll(List.of(words));
    ip(all.toArray(String[]::new));
  }

  private static void ip(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(IP.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().orTimeout(10, TimeUnit.SECONDS).join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  private void remove() {
    List<String[]> leftovers = new ArrayList<>();
    for (int node = 1; node <= nodes; node++) {
      leftovers.add(new String[] {"link", "del", port(node)});
      leftovers.add(new String[] {"link", "del", clientsPort(node)});
      leftovers.add(new String[] {"netns", "del", namespace(node)});
    }
    leftovers.add(new String[] {"link", "del", nodesBridge});
    leftovers.add(new String[] {"link", "del", clientsBridge});
    for (String[] leftover : leftovers) {
      try {
        ip(leftover);
      } catch (IOException neverCame) {
        System.err.println(neverCame.getMessage());
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (LossyRelay relay : relays) {
      relay.close();
    }
    remove();
  }
}
