package io.candlehub.cluster.hazelcast;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a node finds the others.
 *
 * @param mode the value of {@link #MODE}
 * @param name clusters of different names do not see each other
 * @param node where this node listens
 * @param members seeds, {@code host:port}; empty with {@code dnsName}
 * @param dnsName DNS name with the addresses of all nodes; empty without
 * @param expectedVoters how many voters the cluster has, for the majority
 * @param tls for the event bus
 */
public record ClusterConfig(
    String mode,
    String name,
    NodeAddress node,
    List<String> members,
    String dnsName,
    int expectedVoters,
    BusTls tls) {
  private static final String ALONE = "none";

  /** {@code cluster.mode}. */
  public static final Setting<String> MODE = Setting.oneOf(
      "cluster.mode",
      ALONE,
      List.of(ALONE, "hazelcast"),
      "How nodes find each other; none is a node alone.");

  /** Every setting of the cluster. */
  public static final List<Setting<?>> SETTINGS;

  private static final Setting<String> NAME =
      Setting.text("cluster.name", "candlehub", "Nodes join only those that carry the same name.");
  private static final Setting<String> HOST = Setting.text(
      "cluster.host",
      "127.0.0.1",
      "The one address this node binds for the cluster; it must be private, for nobody is asked to authenticate.");
  private static final Setting<Integer> PORT =
      Setting.integer("cluster.port", 5701, 0, 65_535, "Port of the membership; 0 takes any.");
  private static final Setting<Integer> BUS_PORT =
      Setting.integer("cluster.bus-port", 0, 0, 65_535, "Port of the event bus; 0 takes any.");
  private static final Setting<String> PUBLIC_HOST = Setting.text(
      "cluster.public-host", "", "Address told to the other nodes if it is not cluster.host.");
  private static final Setting<List<String>> MEMBERS = Setting.list(
      "cluster.members",
      "",
      "Seed nodes, host:port each, or dns:NAME of a headless service that resolves to all nodes.");
  private static final Setting<Integer> EXPECTED = Setting.integer(
      "cluster.expected-hubs",
      0,
      0,
      1_000,
      "Number of voters, a majority of which must hear each other; 0 counts cluster.members. Hubs vote, and other nodes"
          + " named in cluster.members.");
  private static final Setting<String> TLS_CERT = Setting.text(
      "cluster.tls.cert", "", "PEM certificate of this node for mTLS of the event bus.");
  private static final Setting<String> TLS_KEY =
      Setting.text("cluster.tls.key", "", "PEM key of cluster.tls.cert.");
  private static final Setting<String> TLS_CA = Setting.text(
      "cluster.tls.ca", "", "PEM certificates of the authority that signed every node's.");

  private static final String DNS = "dns:";
  private static final Pattern SEED = Pattern.compile("[A-Za-z0-9._-]+(:\\d{1,5})?");
  private static final Pattern DNS_NAME = Pattern.compile("[A-Za-z0-9._-]+");

  static {
    SETTINGS = List.of(
        MODE,
        NAME,
        HOST,
        PORT,
        BUS_PORT,
        PUBLIC_HOST,
        MEMBERS,
        EXPECTED,
        TLS_CERT,
        TLS_KEY,
        TLS_CA);
  }

  /** Copies the lists. */
  public ClusterConfig {
    members = List.copyOf(members);
  }

  /**
   * Where a node listens.
   *
   * @param host bound, and nothing else
   * @param port of the membership, 0 for any
   * @param busPort of the event bus, 0 for any
   * @param publicHost told to others; empty if it is {@code host}
   */
  public record NodeAddress(String host, int port, int busPort, String publicHost) {
    /** Returns what the others call this node. */
    String advertisedHost() {
      return publicHost.isEmpty() ? host : publicHost;
    }
  }

  /**
   * PEM files for mutual TLS; all empty for none.
   *
   * @param cert this node's certificate
   * @param key its key
   * @param ca who signs the nodes
   */
  public record BusTls(String cert, String key, String ca) {
    /** Returns whether TLS is wanted. */
    boolean isWanted() {
      return !cert.isEmpty();
    }

    private void requireFiles() {
      PemFiles.requireCertificate(TLS_CERT.key(), cert);
      PemFiles.requireKey(TLS_KEY.key(), key);
      PemFiles.requireCertificate(TLS_CA.key(), ca);
    }
  }

  /**
   * Reads and checks the settings; looks into the files they name.
   *
   * @throws SettingException if a value is not allowed
   */
  public static ClusterConfig from(Map<String, String> values) {
    String mode = MODE.from(values);
    List<String> seeds = MEMBERS.from(values);
    boolean dns = seeds.size() == 1 && seeds.get(0).startsWith(DNS);
    String dnsName = dns ? seeds.get(0).substring(DNS.length()) : "";
    List<String> members = dns ? List.of() : seeds;
    if (dns
        ? !DNS_NAME.matcher(dnsName).matches()
        : !members.stream().allMatch(ClusterConfig::isSeed)) {
      throw new SettingException(
          MEMBERS.key(), String.join(",", seeds), "host:port,host:port or dns:NAME");
    }
    int expected = EXPECTED.from(values);
    if (expected == 0 && members.isEmpty() && !mode.equals(ALONE)) {
      throw new SettingException(
          EXPECTED.key(), "0", "the number of hubs; cluster.members does not list them");
    }
    NodeAddress node = new NodeAddress(
        host(values), PORT.from(values), BUS_PORT.from(values), PUBLIC_HOST.from(values));
    return new ClusterConfig(
        mode,
        NAME.from(values),
        node,
        members,
        dnsName,
        expected == 0 ? Math.max(1, members.size()) : expected,
        tls(values));
  }

  private static boolean isSeed(String text) {
    if (!SEED.matcher(text).matches()) {
      return false;
    }
    int colon = text.indexOf(':');
    return colon < 0 || Integer.parseInt(text.substring(colon + 1)) <= 65_535;
  }

  private static String host(Map<String, String> values) {
    String host = HOST.from(values);
    if (host.equals("0.0.0.0") || host.equals("::") || host.equals("*")) {
      throw new SettingException(
          HOST.key(), host, "one private address of this machine, or a name of it");
    }
    return host;
  }

  private static BusTls tls(Map<String, String> values) {
    BusTls tls = new BusTls(TLS_CERT.from(values), TLS_KEY.from(values), TLS_CA.from(values));
    boolean all = !tls.cert.isEmpty() && !tls.key.isEmpty() && !tls.ca.isEmpty();
    boolean none = tls.cert.isEmpty() && tls.key.isEmpty() && tls.ca.isEmpty();
    if (!all && !none) {
      throw new SettingException(
          TLS_CERT.key(), tls.cert, "set together with cluster.tls.key and cluster.tls.ca, or not");
    }
    if (all) {
      tls.requireFiles();
    }
    return tls;
  }

  /** Returns the settings here that must be the same on every node with a role. */
  Map<String, String> common() {
    return Map.of(EXPECTED.key(), Integer.toString(expectedVoters));
  }

  /** Returns whether there are other nodes to find. */
  public boolean isClustered() {
    return !mode.equals(ALONE);
  }

  /** Returns how many voters are a majority. */
  public int quorum() {
    return expectedVoters / 2 + 1;
  }
}
