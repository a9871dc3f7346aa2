/** A refusal or failure in the server's words: `code`, `message`, `retryable`, `retryAfterMs`; `status` of REST. */
export class CandlehubError extends Error {
  constructor({ code = 'UNAVAILABLE', message, retryable = false, retryAfterMs, status } = {}) {
    super(message ?? code);
    this.name = 'CandlehubError';
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }
}

/** Shortest pause before what was refused for now is asked again. */
const RETRY_MILLIS = 3000;

/** How long to wait before asking again, or undefined when that is vain. */
export function retryDelay(error) {
  return error.retryable ? Math.max(error.retryAfterMs ?? 0, RETRY_MILLIS) : undefined;
}
