package io.candlehub.cluster.hazelcast;

import io.candlehub.model.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Looks into the files for TLS before the bus does, whose errors name no setting; blocks for that. */
final class PemFiles {
  private PemFiles() {}

  /**
   * Requires certificates.
   *
   * @throws SettingException if there are none
   */
  static void requireCertificate(String setting, String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        throw new CertificateException("no certificate");
      }
    } catch (IOException | CertificateException | InvalidPathException e) {
      throw new SettingException(setting, file, "a readable PEM file with a certificate");
    }
  }

  /**
   * Requires a key.
   *
   * @throws SettingException if there is none
   */
  static void requireKey(String setting, String file) {
    try {
      if (Files.readString(Path.of(file)).contains("PRIVATE KEY-----")) {
        return;
      }
    } catch (IOException | InvalidPathException e) {
      throw unusable(setting, file);
    }
    throw unusable(setting, file);
  }

  private static SettingException unusable(String setting, String file) {
    return new SettingException(
        setting, file, "a readable PEM file with the unencrypted private key of the certificate");
  }
}
