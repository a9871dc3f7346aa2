package io.candlehub.gateway;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The second listener, for those who watch over the program.
 *
 * @param host the address to listen on
 * @param port the port to listen on; {@link #OFF} for no listener, 0 for any free port
 */
record ManagementConfig(String host, int port) {
  static final int OFF = -1;

  private static final Setting<String> HOST =
      Setting.text("management.host", "127.0.0.1", "Address the management port is on.");
  private static final Setting<String> PORT = Setting.text(
      "management.port",
      "off",
      "Port that serves health and metrics to everybody who can reach it; off, or 0 for any free one.");

  static final List<Setting<?>> SETTINGS = List.of(HOST, PORT);

  ManagementConfig {
    Objects.requireNonNull(host, "host");
  }

  static ManagementConfig from(Map<String, String> values) {
    String port = PORT.from(values);
    if (port.equals("off")) {
      return new ManagementConfig(HOST.from(values), OFF);
    }
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new SettingException(PORT.key(), port, "off, or a whole number from 0 to 65535");
    }
    return new ManagementConfig(HOST.from(values), Integer.parseInt(port));
  }

  boolean isOn() {
    return port != OFF;
  }

  /** Returns true if no other machine can reach it. */
  boolean isOnLoopback() {
    return Loopback.is(host);
  }

  /** Returns the address to bind, without the brackets of IPv6. */
  String bindHost() {
    return host.replace("[", "").replace("]", "");
  }

  /** Tries the port, if one is wanted. The clients' is bound meanwhile, for Vert.x would let both share one. */
  void requireFreePort() {
    if (!isOn()) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(bindHost(), port));
    } catch (IOException e) {
      throw taken();
    }
  }

  /** Returns the refusal of an address that cannot be listened on. */
  SettingException taken() {
    return new SettingException(
        PORT.key(), Integer.toString(port), "a free port on management.host, " + host);
  }
}
