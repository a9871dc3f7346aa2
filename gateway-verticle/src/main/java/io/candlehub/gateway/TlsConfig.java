package io.candlehub.gateway;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files for TLS; both empty for none.
 *
 * @param certificate PEM file with the server's certificate and those up to its authority
 * @param key PEM file with the certificate's private key
 */
record TlsConfig(String certificate, String key) {
  private static final Setting<String> CERTIFICATE = Setting.text(
      "http.tls.cert",
      "",
      "PEM file with the server's certificate, followed by those up to its authority; plain HTTP if empty.");
  private static final Setting<String> KEY =
      Setting.text("http.tls.key", "", "PEM file with the certificate's private key, unencrypted.");

  static final List<Setting<?>> SETTINGS = List.of(CERTIFICATE, KEY);

  TlsConfig {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
  }

  /**
   * Reads the settings and looks into the files; blocks for that.
   *
   * @throws SettingException if one is given without the other or a file is not what it should be
   */
  static TlsConfig from(Map<String, String> values) {
    TlsConfig config = new TlsConfig(CERTIFICATE.from(values), KEY.from(values));
    if (config.certificate.isEmpty() != config.key.isEmpty()) {
      Setting<String> missing = config.key.isEmpty() ? KEY : CERTIFICATE;
      throw new SettingException(
          missing.key(), "", "a PEM file, as http.tls.cert and http.tls.key go together");
    }
    if (config.isOn()) {
      config.requireCertificate();
      config.requireKey();
    }
    return config;
  }

  boolean isOn() {
    return !certificate.isEmpty();
  }

  /** Returns the scheme by which the server is reached. */
  String scheme() {
    return isOn() ? "https" : "http";
  }

  /** HTTP/2 stays off: the limits on connections and the sockets are made for HTTP/1.1. */
  HttpServerOptions applyTo(HttpServerOptions options) {
    if (!isOn()) {
      return options;
    }
    return options
        .setSsl(true)
        .setUseAlpn(false)
        .setKeyCertOptions(new PemKeyCertOptions().setCertPath(certificate).setKeyPath(key));
  }

  /** Returns the refusal of a key that the server could not be started with. */
  SettingException unusable() {
    return new SettingException(
        KEY.key(), key, "the unencrypted private key of the certificate in http.tls.cert");
  }

  private void requireCertificate() {
    try (InputStream in = Files.newInputStream(Path.of(certificate))) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        throw new CertificateException("no certificate");
      }
    } catch (IOException | CertificateException | InvalidPathException e) {
      throw new SettingException(
          CERTIFICATE.key(), certificate, "a readable PEM file with a certificate");
    }
  }

  private void requireKey() {
    try {
      if (!Files.readString(Path.of(key)).contains("PRIVATE KEY-----")) {
        throw unusable();
      }
    } catch (IOException | InvalidPathException e) {
      throw unusable();
    }
  }
}
