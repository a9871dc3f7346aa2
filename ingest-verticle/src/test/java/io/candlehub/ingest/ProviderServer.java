package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The other end of a provider in {@link ProviderContractTest}: a loopback server with the provider's wire that knows a
 * little market. It knows bars, a quote, trades, a split and the listing of {@link #SHARE}, the value of {@link #INDEX},
 * and the options on the share: {@link #CALL} and {@link #PUT} expire first, others a month later. Of the put nobody
 * knows volatility, greeks or a trade. What the provider does not have the server need not know.
 */
public interface ProviderServer {
  /** Monday, ten o'clock in New York: the market time of every question. */
  long NOW = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();

  /** The share. */
  Instrument SHARE = Instrument.of("SPY");

  /** The index. */
  Instrument INDEX = Instrument.of("I:SPX");

  /** A call on the share, of which all is known. */
  Instrument CALL = Instrument.of("O:SPY251219C00650000");

  /** A put on the share, of which only the quote and the open interest are known. */
  Instrument PUT = Instrument.of("O:SPY251219P00650000");

  /** When options on the share expire. */
  List<LocalDate> EXPIRATIONS = List.of(LocalDate.of(2025, 12, 19), LocalDate.of(2026, 1, 16));

  /** Price of the share, and strike of call and put. */
  double SPOT = 652.91;

  /** How the server answers. */
  enum Manner {
    /** What it knows. */
    KNOWS,
    /** That there is nothing, in the ways the provider says so. */
    EMPTY,
    /** That it knows no such symbol, in the ways the provider says so. */
    NO_SUCH_SYMBOL,
    /** That the account may not ask, and it repeats the secret. */
    NOT_ALLOWED,
    /** That there were too many requests, and it repeats the secret. */
    TOO_MANY,
    /** With a fault of its own, and it repeats the secret. */
    FAULT,
    /** With something nobody can read. */
    UNREADABLE
  }

  /** Starts to listen and returns how the provider reaches it; time limits are short. */
  ProviderConfig start(Vertx vertx);

  /** Sets how it answers from now on; it begins with {@link Manner#KNOWS}. */
  void behave(Manner manner);

  /** Returns the key or token that must be told to nobody else. */
  String secret();
}
