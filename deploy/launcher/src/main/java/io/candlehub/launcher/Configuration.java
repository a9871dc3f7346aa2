package io.candlehub.launcher;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The effective settings: file, then environment, then command line; later wins (contract §2). A key that nobody
 * declares stops the start.
 */
final class Configuration {
  private static final String ENVIRONMENT_PREFIX = "CANDLEHUB_";
  private static final int CLOSE_ENOUGH = 3;

  /** Names that operators of such systems use already. */
  private static final Map<String, String> ESTABLISHED_NAMES = Map.of(
      "MASSIVE_API_KEY", "massive.api-key",
      "MASSIVE_BASE_URL", "massive.rest-url",
      "TRADIER_ACCESS_TOKEN", "tradier.access-token",
      "TRADIER_BASE_URL", "tradier.base-url",
      "MONGO_URI", "store.mongo-uri",
      "REDIS_URL", "redis.uri",
      "AGG_WORKER_ENABLED", "candle.warm-up");

  private final Map<String, String> values;

  private Configuration(Map<String, String> values) {
    this.values = values;
  }

  static Configuration load(
      Optional<Path> file, Map<String, String> environment, List<String> assignments) {
    Map<String, String> values = new LinkedHashMap<>();
    file.ifPresent(path -> values.putAll(fromFile(path)));
    values.putAll(fromEnvironment(environment));
    values.putAll(fromAssignments(assignments));
    return new Configuration(values);
  }

  Map<String, String> values() {
    return Map.copyOf(values);
  }

  /** Returns every setting with its effective value, a line each, secrets masked. */
  String describe() {
    return Catalogue.settings().stream()
        .sorted(Comparator.comparing(Setting::key))
        .map(setting -> setting.key() + " = " + shown(setting) + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private String shown(Setting<?> setting) {
    String value = values.getOrDefault(setting.key(), setting.defaultText());
    return setting.isSecret() && !value.isEmpty() ? "***" : value;
  }

  private static Map<String, String> fromFile(Path path) {
    Map<String, String> found = new LinkedHashMap<>();
    try (Reader reader = Files.newBufferedReader(path)) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      if (document != null) {
        flatten("", document, found, path);
      }
    } catch (IOException e) {
      throw new SettingException("--config", path.toString(), "a readable YAML file");
    } catch (YAMLException e) {
      throw new SettingException(
          "--config", path.toString(), "valid YAML; " + firstLine(e.getMessage()));
    }
    found.keySet().forEach(Configuration::requireKnown);
    return found;
  }

  private static void flatten(String prefix, Object node, Map<String, String> into, Path path) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) ->
          flatten(prefix.isEmpty() ? key.toString() : prefix + "." + key, value, into, path));
    } else if (prefix.isEmpty()) {
      throw new SettingException("--config", path.toString(), "a YAML file of key: value pairs");
    } else if (node instanceof Collection<?> items) {
      into.put(prefix, items.stream().map(String::valueOf).collect(Collectors.joining(",")));
    } else {
      into.put(prefix, node == null ? "" : node.toString());
    }
  }

  private static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> found = new LinkedHashMap<>();
    ESTABLISHED_NAMES.forEach((name, key) -> {
      if (environment.containsKey(name)) {
        found.put(key, environment.get(name));
      }
    });
    Map<String, String> keyByName = Catalogue.settings().stream()
        .map(Setting::key)
        .collect(Collectors.toMap(Configuration::environmentName, key -> key));
    environment.forEach((name, value) -> {
      if (name.startsWith(ENVIRONMENT_PREFIX) && keyByName.containsKey(name)) {
        found.put(keyByName.get(name), value);
      }
    });
    return found;
  }

  private static String environmentName(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static Map<String, String> fromAssignments(List<String> assignments) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new SettingException("--set", assignment, "key=value");
      }
      String key = assignment.substring(0, equals).strip();
      requireKnown(key);
      found.put(key, assignment.substring(equals + 1));
    }
    return found;
  }

  private static void requireKnown(String key) {
    List<String> known = Catalogue.settings().stream().map(Setting::key).toList();
    if (known.contains(key)) {
      return;
    }
    String hint = known.stream()
        .min(Comparator.comparingInt(candidate -> distance(candidate, key)))
        .filter(candidate -> distance(candidate, key) <= CLOSE_ENOUGH)
        .map(candidate -> "; did you mean " + candidate + "?")
        .orElse("");
    throw new SettingException(
        key, "", "there is no such setting" + hint + " (--check-config lists them all)");
  }

  /** The Levenshtein distance of two texts. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
