package io.candlehub.bus;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;

/** The closed set of failure codes from provider to browser (contract §7). */
public enum Failure {
  /** A parameter is missing, malformed or out of range. */
  INVALID_PARAMETER(400, false),
  /** No valid credentials. */
  UNAUTHENTICATED(401, false),
  /** The credentials have expired. */
  TOKEN_EXPIRED(401, false),
  /** The caller may not do this. */
  FORBIDDEN(403, false),
  /** No such symbol. */
  UNKNOWN_INSTRUMENT(404, false),
  /** No such option contract. */
  CONTRACT_NOT_FOUND(404, false),
  /** The symbol exists but has no data of this kind. */
  NO_DATA(404, false),
  /** The message or body is larger than allowed. */
  TOO_LARGE(413, false),
  /** A per-client limit is reached. */
  LIMIT_EXCEEDED(429, true),
  /** Too many requests, of the caller to us or of us to the provider. */
  RATE_LIMITED(429, true),
  /** A fault of ours. */
  INTERNAL(500, false),
  /** The provider does not offer this. */
  UNSUPPORTED(501, false),
  /** The provider answered with an error or not at all. */
  PROVIDER_ERROR(502, true),
  /** Every provider failed. */
  ALL_PROVIDERS_FAILED(502, true),
  /** The provider's plan does not include this. */
  NOT_ENTITLED(502, false),
  /** Not ready to serve this right now. */
  UNAVAILABLE(503, true),
  /** The client reads too slowly; a closing reason. */
  SLOW_CLIENT(503, true),
  /** The node stops; a closing reason. */
  SHUTTING_DOWN(503, true);

  private final int httpStatus;
  private final boolean retryable;

  Failure(int httpStatus, boolean retryable) {
    this.httpStatus = httpStatus;
    this.retryable = retryable;
  }

  /** Returns the HTTP status that goes with the code. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Returns true if the same request may succeed later. */
  public boolean isRetryable() {
    return retryable;
  }

  /** Creates the exception for an instrument that does not exist: of options it is the contract that is not found. */
  public static FailureException noSuch(Instrument instrument) {
    return instrument.assetClass() == AssetClass.OPTION
        ? CONTRACT_NOT_FOUND.because("no contract " + instrument.symbol())
        : UNKNOWN_INSTRUMENT.because("no instrument " + instrument.symbol());
  }

  /** Returns true if this says that there is no such instrument, whatever its kind. */
  public boolean meansNoSuch() {
    return this == UNKNOWN_INSTRUMENT || this == CONTRACT_NOT_FOUND;
  }

  /** Creates the exception of this code with a message fit for a client. */
  public FailureException because(String message) {
    return new FailureException(this, message, 0);
  }

  /** Creates the exception of this code with a hint when to try again. */
  public FailureException because(String message, long retryAfterMillis) {
    return new FailureException(this, message, retryAfterMillis);
  }
}
