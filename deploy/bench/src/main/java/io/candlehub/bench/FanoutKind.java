package io.candlehub.bench;

/** The servers of the fan-out measurement. */
enum FanoutKind {
  CANDLEHUB("Candlehub", LoadDialect.SOCKET_IO),
  NODE("Node Socket.IO 4.8", LoadDialect.SOCKET_IO),
  NETTY_SOCKETIO("netty-socketio 2.0.14", LoadDialect.SOCKET_IO),
  BRIDGE("stock Vert.x SockJS bridge", LoadDialect.BRIDGE),
  PLAIN("floor: plain Vert.x write loop", LoadDialect.PLAIN);

  private final String title;
  private final LoadDialect dialect;

  FanoutKind(String title, LoadDialect dialect) {
    this.title = title;
    this.dialect = dialect;
  }

  String title() {
    return title;
  }

  /** Returns what clients speak with it. */
  LoadDialect dialect() {
    return dialect;
  }

  /** Returns an update in the form in which it takes them; Candlehub's stand-in hub publishes, the others send. */
  String update(String symbol, long seq, long micros) {
    return this == CANDLEHUB
        ? ChartUpdates.onBus(symbol, seq, micros)
        : ChartUpdates.inEvent(symbol, seq, micros);
  }
}
