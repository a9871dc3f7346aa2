package io.candlehub.clustertests;

import java.util.List;

/**
 * Where a node runs.
 *
 * @param prefix words before its command line, empty on this machine's own network
 * @param clusterHost address that the other nodes reach
 * @param httpHost address that clients reach
 * @param exchangeUrl the exchange as this node reaches it
 */
record Place(List<String> prefix, String clusterHost, String httpHost, String exchangeUrl) {
  /** Returns the loopback address. */
  static Place loopback(String exchangeUrl) {
    return new Place(List.of(), "127.0.0.1", "127.0.0.1", exchangeUrl);
  }
}
