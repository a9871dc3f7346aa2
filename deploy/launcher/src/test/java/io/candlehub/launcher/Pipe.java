package io.candlehub.launcher;

/** Carries the texts of one connection of a test client. */
interface Pipe {

  /** Sends a text; order is kept. */
  void send(String text);

  /** Ends the connection as a lost network does: without a word. */
  void cut();

  /** Hears what arrives. */
  @FunctionalInterface
  interface Listener {

    /** A text arrived; called by one thread at a time, in order. */
    void received(String text);
  }
}
