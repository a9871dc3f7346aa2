package io.candlehub.bench;

/** A server of the fan-out measurement. Confined to the thread that reads the updates, unless it says otherwise. */
interface FanoutPeer {
  /** Starts to listen and returns the port. */
  int listen();

  /**
   * Sends an update to everybody who follows its stream.
   *
   * @param stream the stream's symbol
   * @param seq the update's number in its stream
   * @param json the update
   */
  void publish(String stream, long seq, String json);
}
