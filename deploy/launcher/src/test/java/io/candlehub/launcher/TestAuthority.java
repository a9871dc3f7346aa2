package io.candlehub.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of one test and a certificate for the loopback, made by the platform's keytool. */
final class TestAuthority {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  /** Makes an authority and a server's certificate signed by it. */
  static TestAuthority create(Path folder) throws Exception {
    TestAuthority made = new TestAuthority(Files.createDirectories(folder));
    made.keytool(
        "-genkeypair", "ca", "-keyalg", "RSA", "-dname", "CN=Test authority", "-ext", "bc:c");
    made.keytool("-exportcert", "ca", "-rfc", "-file", "ca.pem");
    made.keytool("-genkeypair", "server", "-keyalg", "RSA", "-dname", "CN=Candlehub");
    made.keytool("-certreq", "server", "-file", "server.csr");
    made.keytool(
        "-gencert",
        "ca",
        "-infile",
        "server.csr",
        "-outfile",
        "server.pem",
        "-rfc",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    made.writeKey();
    return made;
  }

  private void keytool(String command, String alias, String... more)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        command,
        "-alias",
        alias,
        "-keystore",
        "keys.p12",
        "-storepass",
        PASSWORD));
    line.addAll(List.of(more));
    Process process = new ProcessBuilder(line)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool " + command + ": " + output);
    }
  }

  private void writeKey() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    Files.writeString(
        key(), "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
  }

  /** Returns the file with the authority's certificate. */
  Path authority() {
    return folder.resolve("ca.pem");
  }

  /** Returns the file with the server's certificate. */
  Path certificate() {
    return folder.resolve("server.pem");
  }

  /** Returns the file with the server's private key. */
  Path key() {
    return folder.resolve("server-key.pem");
  }

  /** Returns what trusts this authority and no other. */
  SSLContext trust() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(authority())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
