package io.candlehub.model;

/**
 * A configuration value that is not allowed. The message is one line that names the key, the value and what is
 * allowed, fit to be shown to an operator.
 */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * Creates the exception.
   *
   * @param key the setting's key
   * @param value the refused value, already masked if it is a secret
   * @param allowed what would have been accepted, in words
   */
  public SettingException(String key, String value, String allowed) {
    super("setting " + key + " = '" + value + "' is not allowed: " + allowed);
    this.key = key;
  }

  /** Returns the key of the refused setting. */
  public String key() {
    return key;
  }
}
