package io.candlehub.cluster.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import io.candlehub.cluster.Role;
import io.candlehub.model.SettingException;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;

/** Turns the settings into Hazelcast's and the event bus' own. What is odd here is explained in docs/decisions/0020. */
final class HazelcastSetup {
  private static final String PROTECTION = "candlehub";

  /** {@code mastership.claim.timeout} is missing on purpose: it is also a number of tries, and low values split. */
  private static final Map<String, String> PROPERTIES = Map.ofEntries(
      Map.entry("hazelcast.logging.type", "slf4j"),
      Map.entry("hazelcast.phone.home.enabled", "false"),
      Map.entry("hazelcast.socket.bind.any", "false"),
      Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
      Map.entry("hazelcast.max.no.heartbeat.seconds", "3"),
      Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
      Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
      Map.entry("hazelcast.max.join.merge.target.seconds", "5"),
      Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
      Map.entry("hazelcast.connection.monitor.interval", "50"),
      Map.entry("hazelcast.operation.call.timeout.millis", "2000"),
      Map.entry("hazelcast.wait.seconds.before.join", "0"));

  private HazelcastSetup() {}

  /**
   * Returns Hazelcast's configuration; looks names up.
   *
   * @param common settings that must be the same on all nodes, none of a member without a role
   */
  static Config config(ClusterConfig cluster, Set<Role> roles, Map<String, String> common) {
    Config config = new Config();
    config.setClusterName(cluster.name());
    PROPERTIES.forEach(config::setProperty);
    // Nobody reads Hazelcast's own metrics: ours are Micrometer's, see ClusterMeters.
    config.getMetricsConfig().setEnabled(false);
    network(config.getNetworkConfig(), cluster);
    config.addListenerConfig(new ListenerConfig(new HalfOpenConnections()));
    config
        .getMemberAttributeConfig()
        .setAttribute(MemberAttributes.ROLES, MemberAttributes.text(roles));
    config
        .getMemberAttributeConfig()
        .setAttribute(MemberAttributes.VOTER, Boolean.toString(isVoter(cluster, roles)));
    common.forEach((key, value) ->
        config.getMemberAttributeConfig().setAttribute(MemberAttributes.common(key), value));
    config
        .getSerializationConfig()
        .addDataSerializableFactory(LeaseSerialization.FACTORY_ID, new LeaseSerialization());
    config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
        .setBackupCount(1)
        .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.addSplitBrainProtectionConfig(
        new SplitBrainProtectionConfig(PROTECTION, true, cluster.quorum())
            .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
    config.addMapConfig(new MapConfig(HazelcastLeaseStore.MAP)
        .setBackupCount(1)
        .setSplitBrainProtectionName(PROTECTION)
        .setMergePolicyConfig(new MergePolicyConfig().setPolicy(HigherTermWins.class.getName())));
    return config;
  }

  private static void network(NetworkConfig network, ClusterConfig cluster) {
    ClusterConfig.NodeAddress node = cluster.node();
    network.setPort(node.port()).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(bindAddress(node.host()));
    if (!node.publicHost().isEmpty()) {
      network.setPublicAddress(node.publicHost() + ":" + node.port());
    }
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    if (cluster.dnsName().isEmpty()) {
      join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
      cluster.members().forEach(seed -> join.getTcpIpConfig().addMember(withPort(seed, node)));
    } else {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", cluster.dnsName())
          .setProperty("service-port", Integer.toString(node.port()));
    }
  }

  private static String withPort(String seed, ClusterConfig.NodeAddress node) {
    return seed.contains(":") ? seed : seed + ":" + node.port();
  }

  static String bindAddress(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw noAddress(host);
    }
  }

  /**
   * Tries address and ports, for the errors of those who bind them later are long or say nothing.
   *
   * @throws SettingException if one cannot be bound
   */
  static void requireFree(ClusterConfig.NodeAddress node) {
    requireInterface(node.host());
    tryBind("cluster.port", node.host(), node.port());
    tryBind("cluster.bus-port", node.host(), node.busPort());
  }

  /**
   * Other loopback addresses than that of the interface can be bound, but Hazelcast does not find them; nor does it find
   * IPv6 addresses while it prefers IPv4, as it does.
   */
  private static void requireInterface(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address instanceof Inet4Address && NetworkInterface.getByInetAddress(address) != null) {
        return;
      }
    } catch (IOException e) {
      throw noAddress(host);
    }
    throw noAddress(host);
  }

  private static SettingException noAddress(String host) {
    return new SettingException(
        "cluster.host", host, "an IPv4 address of a network interface of this machine");
  }

  private static void tryBind(String key, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(bindAddress(host), port));
    } catch (IOException e) {
      throw new SettingException(
          key,
          Integer.toString(port),
          "a port that is free on cluster.host " + host
              + ", which must be an address of this machine");
    }
  }

  /** Hubs vote; another node does if the seeds name it. */
  static boolean isVoter(ClusterConfig cluster, Set<Role> roles) {
    return roles.contains(Role.HUB)
        || cluster.members().stream()
            .map(seed -> withPort(seed, cluster.node()))
            .anyMatch(seed -> isThisNode(seed, cluster.node()));
  }

  private static boolean isThisNode(String seed, ClusterConfig.NodeAddress node) {
    int colon = seed.lastIndexOf(':');
    String host = seed.substring(0, colon);
    if (Integer.parseInt(seed.substring(colon + 1)) != node.port()) {
      return false;
    }
    try {
      return host.equals(node.advertisedHost())
          || InetAddress.getByName(host).getHostAddress().equals(bindAddress(node.host()));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Returns the event bus' options. The short limits free it of dead connections as soon as a partition heals. */
  static EventBusOptions bus(ClusterConfig cluster) {
    ClusterConfig.NodeAddress node = cluster.node();
    EventBusOptions options = new EventBusOptions()
        .setHost(bindAddress(node.host()))
        .setPort(node.busPort())
        .setConnectTimeout(2_000)
        .setClusterPingInterval(1_000)
        .setClusterPingReplyInterval(1_000)
        .setTcpUserTimeout(2_000)
        .setReconnectAttempts(0);
    if (!node.publicHost().isEmpty()) {
      options.setClusterPublicHost(node.publicHost());
    }
    if (cluster.tls().isWanted()) {
      options
          .setSsl(true)
          .setClientAuth(ClientAuth.REQUIRED)
          .setKeyCertOptions(new PemKeyCertOptions()
              .setCertPath(cluster.tls().cert())
              .setKeyPath(cluster.tls().key()))
          .setTrustOptions(new PemTrustOptions().addCertPath(cluster.tls().ca()));
    }
    return options;
  }
}
