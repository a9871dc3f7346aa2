package io.candlehub.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One configuration key with its type, default, range and meaning.
 *
 * <p>Each module lists its settings as constants; the launcher loads the values, refuses unknown keys and prints the
 * effective configuration from the same list, and the documentation is tested against it. A key that is absent or
 * empty takes the default.
 *
 * @param <T> the value's type
 */
public final class Setting<T> {
  private final String key;
  private final String defaultText;
  private final String allowed;
  private final String description;
  private final boolean secret;
  private final Function<String, T> parser;

  private Setting(
      String key,
      String defaultText,
      String allowed,
      String description,
      boolean secret,
      Function<String, T> parser) {
    this.key = Objects.requireNonNull(key);
    this.defaultText = Objects.requireNonNull(defaultText);
    this.allowed = Objects.requireNonNull(allowed);
    this.description = Objects.requireNonNull(description);
    this.secret = secret;
    this.parser = parser;
  }

  /** Creates a setting that takes any text; the empty text means "not set". */
  public static Setting<String> text(String key, String defaultText, String description) {
    return new Setting<>(key, defaultText, "any text", description, false, Function.identity());
  }

  /** Creates a text setting whose value is never shown, logged or put into an error. */
  public static Setting<String> secret(String key, String description) {
    return new Setting<>(key, "", "any text", description, true, Function.identity());
  }

  /** Creates a setting that takes a comma-separated list; blanks around items are dropped. */
  public static Setting<List<String>> list(String key, String defaultText, String description) {
    return new Setting<>(
        key, defaultText, "a comma-separated list", description, false, Setting::items);
  }

  /** Creates a setting that takes a whole number within a range, both ends included. */
  public static Setting<Integer> integer(
      String key, int defaultValue, int min, int max, String description) {
    String allowed = "a whole number from " + min + " to " + max;
    return new Setting<>(key, Integer.toString(defaultValue), allowed, description, false, text -> {
      int value = Integer.parseInt(text);
      return value < min || value > max ? null : Integer.valueOf(value);
    });
  }

  /** Creates a setting that takes a decimal number within a range, both ends included. */
  public static Setting<Double> number(
      String key, double defaultValue, double min, double max, String description) {
    String allowed = "a number from " + plain(min) + " to " + plain(max);
    return new Setting<>(key, plain(defaultValue), allowed, description, false, text -> {
      double value = Double.parseDouble(text);
      return value >= min && value <= max ? Double.valueOf(value) : null;
    });
  }

  /** Creates a setting that takes {@code true} or {@code false}. */
  public static Setting<Boolean> flag(String key, boolean defaultValue, String description) {
    return new Setting<>(
        key, Boolean.toString(defaultValue), "true or false", description, false, text -> {
          if (text.equalsIgnoreCase("true")) {
            return Boolean.TRUE;
          }
          return text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
        });
  }

  /** Creates a setting that takes one of a fixed list of words. */
  public static Setting<String> oneOf(
      String key, String defaultText, List<String> allowed, String description) {
    String words = "one of " + String.join(", ", allowed);
    return new Setting<>(
        key, defaultText, words, description, false, text -> allowed.contains(text) ? text : null);
  }

  /**
   * Reads this setting.
   *
   * @param values the effective configuration by key
   * @return the value given, or the default
   * @throws SettingException if the value given is outside what is allowed
   */
  public T from(Map<String, String> values) {
    String given = values.getOrDefault(key, "").strip();
    return parse(given.isEmpty() ? defaultText : given);
  }

  private T parse(String text) {
    T value;
    try {
      value = parser.apply(text);
    } catch (NumberFormatException e) {
      value = null;
    }
    if (value == null) {
      throw new SettingException(key, secret ? "***" : text, allowed);
    }
    return value;
  }

  /** Returns the key in lower-kebab form, for example {@code http.port}. */
  public String key() {
    return key;
  }

  /** Returns the default as it would be written in a file; empty if there is none. */
  public String defaultText() {
    return defaultText;
  }

  /** Returns what values are allowed, in words. */
  public String allowed() {
    return allowed;
  }

  /** Returns the meaning, one sentence. */
  public String description() {
    return description;
  }

  /** Returns true if the value must never be shown. */
  public boolean isSecret() {
    return secret;
  }

  private static List<String> items(String text) {
    return List.of(text.split(",", -1)).stream()
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
