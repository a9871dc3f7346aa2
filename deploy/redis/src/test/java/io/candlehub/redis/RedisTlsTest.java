package io.candlehub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.candlehub.bus.Heard;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is reached by TLS; only the installed one knows it. */
@Timeout(60)
class RedisTlsTest {
  private static final String PASSWORD = "changeit";
  private static final String ADDRESS = "md.chart.1m.SPY";

  @TempDir
  Path folder;

  /** Makes a certificate for 127.0.0.1 that is its own authority. */
  private void certify() throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String command = keytool
        + " -genkeypair -alias redis -keyalg RSA -dname CN=redis -ext san=ip:127.0.0.1 -keystore keys.p12 -storepass "
        + PASSWORD;
    Process process = new ProcessBuilder(command.split(" ", -1))
        .directory(folder.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    assertThat(process.onExit().get(30, TimeUnit.SECONDS).exitValue()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    write(
        "key.pem", "PRIVATE KEY", store.getKey("redis", PASSWORD.toCharArray()).getEncoded());
    write("cert.pem", "CERTIFICATE", store.getCertificate("redis").getEncoded());
  }

  private void write(String name, String kind, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  @Test
  void shouldTalkByTlsToWhomItTrusts() throws Exception {
    assumeThat(RedisProcess.INSTALLED)
        .as("SKIPPED: Redis by TLS, no redis-server is installed")
        .isExecutable();
    certify();
    try (RedisProcess redis = new RedisProcess(
            folder,
            "--port",
            "0",
            "--tls-port",
            "{port}",
            "--tls-auth-clients",
            "no",
            "--tls-cert-file",
            folder.resolve("cert.pem").toString(),
            "--tls-key-file",
            folder.resolve("key.pem").toString());
        RedisNode trusting = node(redis, folder.resolve("cert.pem").toString());
        RedisNode wary = node(redis, "")) {
      Heard heard = trusting.hear(ADDRESS);
      trusting.publish(ADDRESS, 1);

      assertThat(heard.next()).isEqualTo(1);
      assertThat(trusting.carrier().state().connected()).isTrue();
      assertThat(wary.carrier().state().connected()).isFalse();
      assertThat(wary.carrier().state().reason()).isNotEmpty();
    }
  }

  private static RedisNode node(RedisProcess redis, String authority) {
    String uri = "rediss://127.0.0.1:" + redis.port();
    return new RedisNode(
        Map.of("fanout.mode", "redis", "redis.uri", uri, "redis.tls.ca", authority),
        RedisNode.LIVE);
  }
}
