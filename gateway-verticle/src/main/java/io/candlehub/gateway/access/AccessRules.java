package io.candlehub.gateway.access;

import io.candlehub.model.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts requests may name and which origins pages may have (contract §8). Immutable.
 *
 * <p>A web page must not reach a hub on the loopback: its requests carry its origin, and if it makes its own name
 * resolve to this machine, its name as host.
 */
public final class AccessRules {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private final List<Authority> hosts;
  private final List<Origin> origins;
  private final boolean overTls;

  private AccessRules(List<Authority> hosts, List<Origin> origins, boolean overTls) {
    this.hosts = hosts;
    this.origins = origins;
    this.overTls = overTls;
  }

  /**
   * Creates the rules.
   *
   * @param ownHost the address the gateway listens on
   * @param ownPort the port it is bound to
   * @param allowedHosts {@code host} or {@code host:port}; empty for the own address and the loopback names
   * @param allowedOrigins {@code scheme://host[:port]} in addition to the same origin
   * @throws SettingException if an entry has another form
   */
  public static AccessRules of(
      String ownHost, int ownPort, List<String> allowedHosts, List<String> allowedOrigins) {
    List<Authority> hosts = new ArrayList<>();
    if (allowedHosts.isEmpty()) {
      LOOPBACK.forEach(host -> hosts.add(new Authority(host, ownPort)));
      Authority.parse(bracketed(ownHost)).ifPresent(own -> hosts.add(own.orPort(ownPort)));
    }
    for (String entry : allowedHosts) {
      hosts.add(Authority.parse(entry)
          .orElseThrow(() -> new SettingException(
              "http.allowed-hosts", entry, "a comma-separated list of host or host:port")));
    }
    List<Origin> origins = new ArrayList<>();
    for (String entry : allowedOrigins) {
      origins.add(Origin.parse(entry)
          .orElseThrow(() -> new SettingException(
              "http.allowed-origins", entry, "a comma-separated list of http(s)://host[:port]")));
    }
    return new AccessRules(List.copyOf(hosts), List.copyOf(origins), false);
  }

  /**
   * Returns the rules of a server for those who watch over the program: no page may come from elsewhere, and its own
   * address is allowed even if hosts are listed.
   *
   * @param ownHost the address it listens on
   * @param ownPort the port it is bound to
   * @param allowedHosts {@code host} or {@code host:port} in addition to the own address and the loopback names
   */
  public static AccessRules ofManagement(String ownHost, int ownPort, List<String> allowedHosts) {
    List<Authority> hosts = new ArrayList<>(of(ownHost, ownPort, List.of(), List.of()).hosts);
    if (!allowedHosts.isEmpty()) {
      hosts.addAll(of(ownHost, ownPort, allowedHosts, List.of()).hosts);
    }
    return new AccessRules(List.copyOf(hosts), List.of(), false);
  }

  /** Returns these rules for a server with TLS, whose own pages come by https and by nothing else. */
  public AccessRules overTls() {
    return new AccessRules(hosts, origins, true);
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** Why a request is refused. */
  public enum Refusal {
    /** The host is not one of ours. */
    HOST,
    /** The page is not one of ours and its origin is not allowed. */
    ORIGIN
  }

  /**
   * Judges a request.
   *
   * @param hostHeaders every {@code Host} header it carries
   * @param originHeaders every {@code Origin} header it carries
   * @return why it is refused, or empty
   */
  public Optional<Refusal> refusal(List<String> hostHeaders, List<String> originHeaders) {
    Optional<Authority> host =
        hostHeaders.size() == 1 ? Authority.parse(hostHeaders.get(0)) : Optional.empty();
    if (host.isEmpty() || hosts.stream().noneMatch(allowed -> covers(allowed, host.get()))) {
      return Optional.of(Refusal.HOST);
    }
    if (originHeaders.isEmpty()) {
      return Optional.empty();
    }
    boolean allowed = originHeaders.size() == 1
        && Origin.parse(originHeaders.get(0))
            .filter(origin -> isOwn(origin, host.get()) || origins.contains(origin))
            .isPresent();
    return allowed ? Optional.empty() : Optional.of(Refusal.ORIGIN);
  }

  /** Behind a proxy that ends TLS a page came by https although we serve http. */
  private boolean isOwn(Origin origin, Authority host) {
    return origin.isSameAs(host) && (!overTls || origin.scheme().equals("https"));
  }

  /** A host without a port stands for the default ports of http and https. */
  private static boolean covers(Authority allowed, Authority host) {
    return allowed.covers(host.orPort(80)) || allowed.covers(host.orPort(443));
  }
}
