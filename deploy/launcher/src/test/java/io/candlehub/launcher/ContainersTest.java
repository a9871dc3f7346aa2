package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said of the image and of the compose file without a container engine. */
class ContainersTest {
  private static final Path DEPLOY = Path.of("..");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([-?])([^}]*))?}");
  private static final Map<String, String> OPERATOR =
      Map.of("CANDLEHUB_AUTH_API_KEYS", "me:" + "ab".repeat(32));

  private static Map<String, Object> compose;

  @BeforeAll
  static void read() throws IOException {
    compose = map(new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(DEPLOY.resolve("compose").resolve("compose.yaml"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-1", "node-2", "node-3"})
  void shouldStartEachNodeWithSettingsThatExistAndAreAllowed(String node) {
    Map<String, String> environment = environment(node);
    Map<String, String> known = Catalogue.settings().stream()
        .map(Setting::key)
        .collect(Collectors.toMap(ContainersTest::environmentName, key -> key));
    assertThat(known.keySet()).containsAll(environment.keySet());

    Map<String, String> values =
        Configuration.load(Optional.empty(), environment, List.of()).values();
    NodeConfig config = NodeConfig.from(values);
    assertThat(config.simulator()).isEmpty();
    assertThat(config.cluster().quorum()).isEqualTo(2);
    assertThat(config.cluster().members()).contains(config.cluster().node().host());
    assertThat(address(node)).isEqualTo(config.cluster().node().host());
  }

  @Test
  void shouldReachNobodyFromOutsideButOverTheLoopback() {
    for (String service : services().keySet()) {
      List<?> ports = (List<?>) map(services().get(service)).getOrDefault("ports", List.of());
      assertThat(ports)
          .as(service)
          .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:"));
    }
    assertThat(map(map(compose.get("networks")).get("cluster"))).containsEntry("internal", true);
    assertThat(map(map(compose.get("networks")).get("data"))).containsEntry("internal", true);
  }

  @Test
  void shouldStartNodesWhenWhatTheyAskIsHealthy() {
    for (String node : List.of("node-1", "node-2", "node-3")) {
      Map<String, Object> needed = map(map(services().get(node)).get("depends_on"));
      assertThat(needed.keySet()).containsExactlyInAnyOrder("exchange", "mongo", "redis");
      for (String service : needed.keySet()) {
        assertThat(map(needed.get(service))).containsEntry("condition", "service_healthy");
        assertThat(map(services().get(service))).containsKey("healthcheck");
      }
    }
  }

  @Test
  void shouldNameOnlyVolumesAndNetworksThatThereAre() {
    services().forEach((name, service) -> {
      ((List<?>) map(service).getOrDefault("volumes", List.of()))
          .forEach(volume -> assertThat(map(compose.get("volumes")))
              .containsKey(volume.toString().replaceFirst(":.*", "")));
      Object networks = map(service).get("networks");
      Iterable<?> named = networks instanceof Map<?, ?> with ? with.keySet() : (List<?>) networks;
      named.forEach(
          network -> assertThat(map(compose.get("networks"))).containsKey(network.toString()));
    });
  }

  @Test
  void shouldMakeAnImageThatIsNotRootHasNoSecretAndHearsSigterm() throws IOException {
    String dockerfile = Files.readString(DEPLOY.resolve("docker").resolve("Dockerfile"));
    assertThat(dockerfile)
        .containsPattern("(?m)^FROM eclipse-temurin:17-jre$")
        .containsPattern("(?m)^USER [1-9]\\d+$")
        .containsPattern("(?m)^ENTRYPOINT \\[\"java\",")
        .containsPattern("(?m)^HEALTHCHECK .* CMD \\[\"/opt/candlehub/ready\"]$")
        .doesNotContainPattern("(?m)^ARG ");
    Catalogue.settings().stream()
        .filter(Setting::isSecret)
        .forEach(secret -> assertThat(dockerfile).doesNotContain(environmentName(secret.key())));
    String ignored = Files.readString(DEPLOY.resolve("docker").resolve("Dockerfile.dockerignore"));
    Matcher copied = Pattern.compile("deploy/\\S+/\\S+")
        .matcher(dockerfile.substring(dockerfile.indexOf("COPY"), dockerfile.indexOf("ENV")));
    while (copied.find()) {
      assertThat(ignored).contains("!" + copied.group());
    }
  }

  private static Map<String, String> environment(String node) {
    Map<String, String> environment = new TreeMap<>();
    map(map(services().get(node)).get("environment"))
        .forEach((name, value) -> environment.put(name, interpolated(value.toString())));
    return environment;
  }

  /** Does what compose does with {@code ${NAME:-value}} and {@code ${NAME:?message}}. */
  private static String interpolated(String text) {
    return VARIABLE.matcher(text).replaceAll(found -> {
      String set = OPERATOR.getOrDefault(found.group(1), "");
      if (set.isEmpty() && "?".equals(found.group(2))) {
        throw new AssertionError(found.group(1) + ": " + found.group(3));
      }
      return Matcher.quoteReplacement(set.isEmpty() ? found.group(3) : set);
    });
  }

  private static String address(String node) {
    Map<String, Object> networks = map(map(services().get(node)).get("networks"));
    return map(networks.get("cluster")).get("ipv4_address").toString();
  }

  private static String environmentName(String key) {
    return "CANDLEHUB_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static Map<String, Object> services() {
    return map(compose.get("services"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }
}
