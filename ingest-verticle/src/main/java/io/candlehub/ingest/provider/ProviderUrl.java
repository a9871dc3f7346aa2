package io.candlehub.ingest.provider;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Addresses of providers in the configuration: origin and path prefix, nothing else. */
public final class ProviderUrl {
  private ProviderUrl() {}

  /**
   * Reads an address; a slash at its end is dropped.
   *
   * @param setting whose value it is
   * @param text the value
   * @param schemes the allowed ones
   * @throws SettingException if it is no such address
   */
  public static URI of(Setting<String> setting, String text, Set<String> schemes) {
    String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI url = new URI(trimmed);
      if (url.getScheme() != null
          && schemes.contains(url.getScheme())
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw refused(setting, text, schemes);
    }
    throw refused(setting, text, schemes);
  }

  private static SettingException refused(Setting<?> setting, String text, Set<String> schemes) {
    String words = String.join(" or ", schemes.stream().sorted().toList());
    return new SettingException(
        setting.key(), text, "a URL with scheme " + words + " and a host, without query");
  }
}
