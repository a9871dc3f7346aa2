package io.candlehub.ingest.provider;

/** Text of the provider on its way into a log: bounded, one line, no control characters. */
public final class ProviderText {
  private static final int MAX_LENGTH = 200;

  private ProviderText() {}

  /** Returns at most the first 200 characters on one line. */
  public static String forLog(String text) {
    String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    return cut.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
