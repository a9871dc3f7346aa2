import { CandlehubError } from './failure.js';

/** Longest wait for an acknowledgement; the server promises one within five seconds. */
const ACK_MILLIS = 8000;
const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 5000;
/** Pause after the server refused a new connection: the next token may be better, the same one hardly is. */
const REFUSED_PAUSE_MILLIS = 15_000;
const REFUSALS = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'FORBIDDEN']);

/**
 * A connection that comes back by itself, with growing pauses and jitter, and asks for a token each time.
 */
export class Link {
  #connect;
  #url;
  #token;
  #timers;
  #on;
  #wire;
  #run = 0;
  #failures = 0;
  #retry;
  #wasOnline = false;
  #verdict;
  #wasRefused = false;
  #trusted;

  /**
   * @param connect a way of `transport.js`
   * @param url the server's origin
   * @param token `() => Promise<string | undefined>`
   * @param timers `{setTimeout, clearTimeout, random}`
   * @param on `{state(connection), up(), event(name, body)}`
   */
  constructor(connect, url, token, timers, on) {
    this.#connect = connect;
    this.#url = url;
    this.#token = token;
    this.#timers = timers;
    this.#on = on;
    this.online = false;
  }

  /** Connects now, unless that goes on. */
  async open() {
    const run = ++this.#run;
    this.#timers.clearTimeout(this.#retry);
    const mine = (act) => (...args) => {
      if (run === this.#run) {
        act(...args);
      }
    };
    const down = mine((error) => this.#down(error));
    try {
      const token = await this.#token();
      if (run === this.#run) {
        this.#wire = this.#connect(this.#url, token ? { token } : undefined, {
          up: mine(() => this.#up()),
          down,
          event: mine((name, body) => this.#on.event(name, body)),
        });
      }
    } catch (error) {
      down(error);
    }
  }

  /** Takes note of what the server says of the caller; if it ends the connection then, that is why. */
  judged(error) {
    if (REFUSALS.has(error?.code)) {
      this.#verdict = error;
    }
  }

  /** Ends it for good. */
  close() {
    this.#run++;
    this.#timers.clearTimeout(this.#retry);
    this.#timers.clearTimeout(this.#trusted);
    this.online = false;
    this.#wire?.close();
    this.#wire = undefined;
    this.#on.state({ state: 'closed' });
  }

  /** Sends an event while online; nothing is kept for later, as all state is sent anew after a break. */
  send(event, body) {
    if (this.online) {
      this.#wire.emit(event, body);
    }
  }

  /**
   * Sends an event and hears its answer: `answered(answer)`, without an answer if none comes in time. Nothing is heard
   * across a break.
   */
  ask(event, body, answered) {
    if (!this.online) {
      return;
    }
    const run = this.#run;
    let timer;
    const end = (answer) => {
      if (timer !== undefined && run === this.#run) {
        this.#timers.clearTimeout(timer);
        timer = undefined;
        answered(answer);
      }
    };
    timer = this.#timers.setTimeout(end, ACK_MILLIS);
    this.#wire.emit(event, body, (answer) => end(answer));
  }

  #up() {
    this.#failures = 0;
    this.online = true;
    this.#wasOnline = true;
    this.#trusted = this.#timers.setTimeout(() => (this.#wasRefused = false), REFUSED_PAUSE_MILLIS);
    this.#on.state({ state: 'online' });
    this.#on.up();
  }

  #down(cause) {
    const error = this.#verdict ?? cause;
    const wasOnline = this.online;
    this.#run++;
    this.#verdict = undefined;
    this.#timers.clearTimeout(this.#trusted);
    this.online = false;
    this.#wire = undefined;
    // A token that ran out while it was in use is renewed at once; what was refused is hardly better soon.
    const isRefusal = REFUSALS.has(error?.code);
    const isVain = isRefusal && (this.#wasRefused || !wasOnline);
    this.#wasRefused ||= isRefusal;
    const pause = isVain
      ? REFUSED_PAUSE_MILLIS
      : Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** this.#failures);
    this.#failures++;
    this.#retry = this.#timers.setTimeout(() => this.open(), pause * (0.5 + this.#timers.random()));
    this.#on.state({
      state: this.#wasOnline ? 'reconnecting' : 'connecting',
      failed: true,
      ...(error?.code && { detail: error.message, error: new CandlehubError(error) }),
    });
  }
}
