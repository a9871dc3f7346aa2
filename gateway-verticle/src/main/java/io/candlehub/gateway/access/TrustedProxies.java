package io.candlehub.gateway.access;

import io.candlehub.model.SettingException;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxies whose word on a client's address is taken ({@code X-Forwarded-For}). What anybody else says of it is not
 * listened to. Immutable.
 */
public final class TrustedProxies {
  /** No proxy is trusted. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final Pattern ENTRY = Pattern.compile("([0-9A-Fa-f.:]{2,45})(?:/([0-9]{1,3}))?");

  private final List<IpSubnetFilterRule> networks;

  private TrustedProxies(List<IpSubnetFilterRule> networks) {
    this.networks = networks;
  }

  /**
   * Reads addresses and networks.
   *
   * @param entries {@code address} or {@code address/bits}
   * @throws SettingException if an entry has another form
   */
  public static TrustedProxies of(List<String> entries) {
    List<IpSubnetFilterRule> networks = new ArrayList<>();
    for (String entry : entries) {
      networks.add(network(entry)
          .orElseThrow(() -> new SettingException(
              "http.trusted-proxies", entry, "a comma-separated list of address or address/bits")));
    }
    return new TrustedProxies(List.copyOf(networks));
  }

  private static Optional<IpSubnetFilterRule> network(String entry) {
    Matcher parts = ENTRY.matcher(entry);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return literal(parts.group(1)).flatMap(address -> {
      int longest = 8 * address.getAddress().length;
      int bits = parts.group(2) == null ? longest : Integer.parseInt(parts.group(2));
      return bits < 1 || bits > longest
          ? Optional.empty()
          : Optional.of(new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT));
    });
  }

  /** Returns the address of a text that is one; no name is looked up. */
  private static Optional<InetAddress> literal(String text) {
    return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text));
  }

  /** Returns true if what this peer says of a client's address is taken. */
  boolean isTrusted(String peer) {
    return !networks.isEmpty() && literal(peer).filter(this::isTrusted).isPresent();
  }

  private boolean isTrusted(InetAddress address) {
    InetSocketAddress remote = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(remote));
  }

  /**
   * Returns the address of the client behind a request: the peer's, or the last one in {@code X-Forwarded-For} that is
   * no proxy of ours, as each proxy appends the one it heard.
   *
   * @param peer the address at the other end of the connection
   * @param headers the headers of the request
   */
  String client(String peer, MultiMap headers) {
    if (!isTrusted(peer)) {
      return peer;
    }
    String[] hops = String.join(",", headers.getAll(FORWARDED_FOR)).split(",", -1);
    String client = peer;
    for (int i = hops.length - 1; i >= 0; i--) {
      Optional<InetAddress> hop = literal(hops[i].strip());
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get().getHostAddress();
      if (!isTrusted(hop.get())) {
        return client;
      }
    }
    return client;
  }
}
