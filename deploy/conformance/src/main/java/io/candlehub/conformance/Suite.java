package io.candlehub.conformance;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server by the name that the command line knows it by.
 *
 * @param option the name
 * @param purpose which suite it is for, in words
 * @param app creates it
 */
record Suite(String option, String purpose, Supplier<SuiteApp> app) {
  /** All servers, in the order in which help lists them. */
  static final List<Suite> ALL = List.of(
      new Suite("engine", "the protocol suite of Engine.IO 4", EngineApp::new),
      new Suite("socketio", "the protocol suite of Socket.IO 5", ProtocolApp::new),
      new Suite(
          "engine-client",
          "the tests of Engine.IO's JavaScript client",
          () -> new EngineClientApp(Clock.systemUTC())),
      new Suite(
          "socketio-client",
          "the tests of Socket.IO's JavaScript client",
          () -> new ScriptClientApp(Clock.systemUTC())),
      new Suite(
          "java-client",
          "the tests of Socket.IO's Java client",
          () -> new JavaClientApp(Clock.systemUTC())),
      new Suite("ws-echo", "the conformance cases of WebSocket", WebSocketEchoApp::new));

  /** Finds a server by its name on the command line. */
  static Optional<Suite> named(String option) {
    return ALL.stream().filter(suite -> suite.option.equals(option)).findFirst();
  }

  /** Returns all names. */
  static List<String> options() {
    return ALL.stream().map(Suite::option).toList();
  }
}
