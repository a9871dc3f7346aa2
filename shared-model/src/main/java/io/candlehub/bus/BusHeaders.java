package io.candlehub.bus;

/** Names of headers on messages between nodes. */
public final class BusHeaders {
  /** Names the command in what is asked of one node alone. */
  public static final String COMMAND = "command";

  private BusHeaders() {}
}
