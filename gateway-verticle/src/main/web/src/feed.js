import { CHART_ID, errorConcerns, sameKey } from './stream.js';

/** Longest wait for an acknowledgement; the server promises one within five seconds. */
const ACK_MILLIS = 8000;
const RETRY_MILLIS = 3000;

/**
 * The page's one conversation with the server: follows one stream and its symbol's quotes over a Socket.IO connection,
 * resumes both after a break, and asks anew when continuity is lost.
 *
 * Listener calls: `connection({state, failed, detail})`, `snapshot()`, `update({changed, reshaped})`, `quote(quote)`,
 * `quoteError(error)`, `refused(error, key, willRetry)`, `status(status)`, `alert(alert)`.
 */
export class Feed {
  #socket;
  #store;
  #listener;
  #clock;
  #request = 0;
  #retry;
  #liveSymbol;
  #everOnline = false;

  /**
   * @param socket a socket.io-client socket
   * @param store the {@link StreamStore} to fill
   * @param listener what to call; see the class
   * @param clock `{setTimeout, clearTimeout, random}`
   */
  constructor(socket, store, listener, clock) {
    this.#socket = socket;
    this.#store = store;
    this.#listener = listener;
    this.#clock = clock;
    /** Diagnostic counts of what was applied. */
    this.snapshots = 0;
    this.updates = 0;
    this.#listen();
  }

  connected() {
    return this.#socket.connected;
  }

  /** Follows another stream; the former one's bars stay in the store until the new snapshot is there. */
  select(key) {
    if (sameKey(key, this.#store.wanted)) {
      return;
    }
    const former = this.#store.wanted?.symbol;
    this.#store.want(key);
    this.#store.awaitSnapshot();
    if (!this.#socket.connected) {
      return;
    }
    if (former !== key.symbol) {
      this.#subscribeLive(key.symbol);
    }
    this.#focus();
  }

  /** Asks for the wanted stream again, after a refusal. */
  retry() {
    if (this.#store.wanted && this.#socket.connected) {
      this.#focus();
    }
  }

  #listen() {
    const socket = this.#socket;
    socket.on('connect', () => this.#onConnect());
    socket.on('disconnect', (reason) => this.#onBreak(reason === 'io server disconnect' ? '' : undefined));
    socket.on('connect_error', (error) => this.#onBreak(socket.active ? undefined : error?.message));
    socket.on('chart:snapshot', (payload) => this.#onSnapshot(payload));
    socket.on('chart:update', (payload) => this.#onUpdate(payload));
    socket.on('chart:error', (payload) => {
      if (errorConcerns(payload, this.#store.wanted)) {
        this.#onRefused(payload.error);
      }
    });
    socket.on('live:quote', (quote) => {
      if (quote?.symbol === this.#store.wanted?.symbol) {
        this.#listener.quote(quote);
      }
    });
    socket.on('live:error', (payload) => this.#onLiveError(payload));
    socket.on('market:status', (status) => this.#listener.status(status));
    socket.on('market:alert', (alert) => this.#listener.alert(alert));
  }

  #onConnect() {
    this.#everOnline = true;
    this.#listener.connection({ state: 'online' });
    this.#liveSymbol = undefined;
    if (this.#store.wanted) {
      this.#subscribeLive(this.#store.wanted.symbol);
      this.#focus();
    }
  }

  /** @param refusal undefined when the library reconnects by itself, else why the server ended the connection */
  #onBreak(refusal) {
    this.#request++;
    this.#clock.clearTimeout(this.#retry);
    const state = this.#everOnline ? 'reconnecting' : 'connecting';
    this.#listener.connection({ state, failed: true, detail: refusal || undefined });
    if (refusal !== undefined) {
      this.#retry = this.#clock.setTimeout(() => this.#socket.connect(), 500 + this.#clock.random() * RETRY_MILLIS);
    }
  }

  #focus() {
    this.#clock.clearTimeout(this.#retry);
    const request = ++this.#request;
    const since = this.#store.resumePoint();
    const command = { ...this.#store.wanted, chartId: CHART_ID, ...(since && { since }) };
    this.#socket.timeout(ACK_MILLIS).emit('chart:focus', command, (timedOut, answer) => {
      if (request !== this.#request) {
        return;
      }
      if (timedOut) {
        this.#focus();
      } else if (answer?.ok === false) {
        this.#onRefused(answer.error);
      }
    });
  }

  #onRefused(error) {
    const request = ++this.#request;
    const willRetry = error?.retryable === true;
    if (willRetry) {
      this.#clock.clearTimeout(this.#retry);
      this.#retry = this.#clock.setTimeout(
        () => {
          if (request === this.#request && this.#socket.connected) {
            this.#focus();
          }
        },
        Math.max(error.retryAfterMs ?? 0, RETRY_MILLIS),
      );
    }
    this.#listener.refused(error ?? {}, this.#store.wanted, willRetry);
  }

  #subscribeLive(symbol) {
    if (this.#liveSymbol !== undefined) {
      this.#socket.emit('live:unsubscribe', { symbol: this.#liveSymbol });
    }
    this.#liveSymbol = symbol;
    this.#socket.timeout(ACK_MILLIS).emit('live:subscribe', { symbol }, (timedOut, answer) => {
      if (!timedOut && answer?.ok === false) {
        this.#onLiveError({ symbol, error: answer.error });
      }
    });
  }

  #onLiveError(payload) {
    const wanted = this.#store.wanted?.symbol;
    if ((payload?.symbol ?? wanted) === wanted) {
      this.#listener.quoteError(payload?.error ?? {});
    }
  }

  #onSnapshot(payload) {
    if (this.#store.applySnapshot(payload)) {
      this.snapshots++;
      this.#listener.snapshot();
    }
  }

  #onUpdate(payload) {
    const { outcome, changed, reshaped } = this.#store.applyUpdate(payload);
    if (outcome === 'gap') {
      this.#store.awaitSnapshot();
      this.#focus();
    } else if (outcome === 'applied') {
      this.updates++;
      this.#listener.update({ changed, reshaped });
    }
  }
}
