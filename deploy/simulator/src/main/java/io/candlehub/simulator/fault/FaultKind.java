package io.candlehub.simulator.fault;

import java.util.Locale;
import java.util.Optional;

/** What can go wrong on purpose. */
public enum FaultKind {
  /** REST answers 429 with {@code Retry-After}. */
  RATE_LIMIT,
  /** Sockets are cut without a close frame; with a duration, new ones are cut too. */
  DISCONNECT,
  /** Sockets stay open but nothing is sent, neither status nor data. */
  MUTE,
  /** A share of the events is not sent. */
  DROP,
  /** A share of the events is sent twice. */
  DUPLICATE,
  /** A share of the events is sent after the event that follows it. */
  REORDER,
  /** A share of the events is sent late. */
  LATE,
  /** A share of the events is mangled: not JSON, wrong types, missing fields, impossible prices. */
  CORRUPT,
  /** REST answers an error status. */
  ERROR,
  /** REST answers late. */
  SLOW,
  /** Connections are evicted as if there were too many. */
  MAX_CONNECTIONS,
  /** Authentication on a socket fails. */
  REFUSE_AUTH,
  /** The plan is delayed only: sockets get no real-time data, REST is 15 minutes behind. */
  DELAYED_ONLY,
  /** Subscriptions to a channel are refused. */
  REFUSE_CHANNEL,
  /** Trading in a symbol is halted. */
  HALT,
  /** The price of a symbol moves, and with it its options and its index. */
  DRIFT,
  /** REST answers 200 with nothing in it. */
  EMPTY,
  /** Quotes are crossed and greeks and volatilities are missing, in REST documents and in streams. */
  POOR;

  /** Returns the name in a fault document, for example {@code rate-limit}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the kind of a name. */
  public static Optional<FaultKind> of(String wireName) {
    for (FaultKind kind : values()) {
      if (kind.wireName().equals(wireName)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Returns true for faults of REST requests. */
  boolean hitsRequests() {
    return this == RATE_LIMIT || this == ERROR || this == SLOW || this == EMPTY || this == POOR;
  }

  /** Returns true for faults that happen once when neither a count nor a duration is given. */
  boolean isOneShot() {
    return this == DISCONNECT || this == MAX_CONNECTIONS;
  }
}
