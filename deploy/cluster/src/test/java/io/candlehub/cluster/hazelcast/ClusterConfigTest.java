package io.candlehub.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import io.candlehub.cluster.Role;
import io.candlehub.model.SettingException;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
  private static final String SEEDS = "127.0.0.1:5701,127.0.0.1:5702,127.0.0.1:5703";

  @Test
  void shouldBeANodeAloneByDefault() {
    ClusterConfig config = ClusterConfig.from(Map.of());

    assertThat(config.isClustered()).isFalse();
    assertThat(config.quorum()).isEqualTo(1);
  }

  @Test
  void shouldCountTheSeedsAsVoters() {
    ClusterConfig config = ClusterConfig.from(Map.of("cluster.members", SEEDS));

    assertThat(config.members()).hasSize(3);
    assertThat(config.expectedVoters()).isEqualTo(3);
    assertThat(config.quorum()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,2", "4,3", "5,3"})
  void shouldTakeMoreThanHalfOfTheExpected(int expected, int quorum) {
    assertThat(
            ClusterConfig.from(Map.of("cluster.expected-hubs", "" + expected)).quorum())
        .isEqualTo(quorum);
  }

  @ParameterizedTest
  @CsvSource({
    "cluster.mode, magic",
    "cluster.host, 0.0.0.0",
    "cluster.port, 70000",
    "cluster.bus-port, -1",
    "cluster.members, http://a:1",
    "cluster.members, a:70000",
    "cluster.members, dns:",
    "cluster.tls.cert, only.pem"
  })
  void shouldNameTheWrongSetting(String key, String value) {
    assertThatThrownBy(() -> ClusterConfig.from(Map.of(key, value)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(key);
  }

  @Test
  void shouldNameTheSettingWhoseFileIsNotWhatItShouldBe(@TempDir Path folder) throws Exception {
    Path key = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----");
    String missing = folder.resolve("missing.pem").toString();

    assertThatThrownBy(() -> ClusterConfig.from(tls(missing, key.toString(), missing)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("cluster.tls.cert = '" + missing);
    assertThatThrownBy(() -> ClusterConfig.from(tls(key.toString(), key.toString(), missing)))
        .hasMessageContaining("cluster.tls.cert");
    assertThatThrownBy(() -> PemFiles.requireKey("cluster.tls.key", missing))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("cluster.tls.key = '" + missing);
  }

  private static Map<String, String> tls(String cert, String key, String ca) {
    return Map.of("cluster.tls.cert", cert, "cluster.tls.key", key, "cluster.tls.ca", ca);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.250.0.7", "::1"})
  void shouldRefuseAnAddressThatIsOfNoInterface(String host) {
    ClusterConfig.NodeAddress node = new ClusterConfig.NodeAddress(host, 0, 0, "");

    assertThatThrownBy(() -> HazelcastSetup.requireFree(node))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("cluster.host = '" + host);
  }

  @Test
  void shouldWantTheNumberOfVotersWhereNoSeedsAreCounted() {
    assertThatThrownBy(() -> ClusterConfig.from(Map.of("cluster.mode", "hazelcast")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("cluster.expected-hubs");
    assertThat(ClusterConfig.from(Map.of("cluster.mode", "hazelcast", "cluster.expected-hubs", "1"))
            .quorum())
        .isEqualTo(1);
  }

  @Test
  void shouldBindTheConfiguredAddressOnlyAndCallNobody() {
    Config config = HazelcastSetup.config(
        ClusterConfig.from(Map.of("cluster.members", SEEDS)),
        Set.of(Role.HUB, Role.GATEWAY),
        Map.of("fanout.mode", "redis"));

    assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
    assertThat(config.getNetworkConfig().getInterfaces().getInterfaces())
        .containsExactly("127.0.0.1");
    assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    assertThat(config.getProperty("hazelcast.mastership.claim.timeout.seconds")).isNull();
    assertThat(config.getNetworkConfig().getJoin().getMulticastConfig().isEnabled())
        .isFalse();
    assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers())
        .isEqualTo(List.of(SEEDS.split(",", -1)));
    assertThat(config.getMemberAttributeConfig().getAttribute(MemberAttributes.ROLES))
        .isEqualTo("hub,gateway");
    assertThat(
            config.getMemberAttributeConfig().getAttribute(MemberAttributes.common("fanout.mode")))
        .isEqualTo("redis");
  }

  @Test
  void shouldAskTheNamesServiceForMembers() {
    Config config = HazelcastSetup.config(
        ClusterConfig.from(
            Map.of("cluster.members", "dns:hubs.prod.svc", "cluster.expected-hubs", "3")),
        Set.of(Role.HUB),
        Map.of());

    assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().isEnabled()).isFalse();
    assertThat(config.getNetworkConfig().getJoin().getKubernetesConfig().getProperties())
        .containsEntry("service-dns", "hubs.prod.svc")
        .containsEntry("service-port", "5701");
  }

  @Test
  void shouldLetHubsVoteAndWhoeverTheSeedsName() {
    ClusterConfig named = ClusterConfig.from(Map.of("cluster.members", SEEDS));
    ClusterConfig stranger =
        ClusterConfig.from(Map.of("cluster.members", SEEDS, "cluster.port", "5799"));

    assertThat(HazelcastSetup.isVoter(stranger, Set.of(Role.HUB))).isTrue();
    assertThat(HazelcastSetup.isVoter(named, Set.of(Role.GATEWAY))).isTrue();
    assertThat(HazelcastSetup.isVoter(stranger, Set.of(Role.GATEWAY))).isFalse();
  }

  @Test
  void shouldWantBothSidesCertificatesOnTheBus() {
    EventBusOptions plain = HazelcastSetup.bus(ClusterConfig.from(Map.of()));
    ClusterConfig alone = ClusterConfig.from(Map.of());
    EventBusOptions mutual = HazelcastSetup.bus(new ClusterConfig(
        alone.mode(),
        alone.name(),
        alone.node(),
        alone.members(),
        alone.dnsName(),
        alone.expectedVoters(),
        new ClusterConfig.BusTls("c.pem", "k.pem", "ca.pem")));

    assertThat(plain.isSsl()).isFalse();
    assertThat(plain.getTcpUserTimeout()).isEqualTo(2_000);
    assertThat(plain.getHost()).isEqualTo("127.0.0.1");
    assertThat(mutual.isSsl()).isTrue();
    assertThat(mutual.getClientAuth()).isEqualTo(ClientAuth.REQUIRED);
  }
}
