import { Candlehub } from '../src/sdk/candlehub.js';

export const MINUTE = 60_000;
export const bar = (t, c = 10, extra = {}) => ({ t, o: 10, h: 12, l: 9, c, v: 1, state: 'final', revision: 0, ...extra });

/** Time in the test's hands. */
export class FakeTimers {
  #next = 1;
  #waiting = new Map();
  millis = 0;
  random = () => 0.5;
  setTimeout = (run, millis) => {
    this.#waiting.set(this.#next, { run, at: this.millis + millis });
    return this.#next++;
  };
  clearTimeout = (timer) => void this.#waiting.delete(timer);

  /** Lets time pass and what is due run, in order. */
  async pass(millis) {
    const until = this.millis + millis;
    for (;;) {
      const due = [...this.#waiting].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) {
        break;
      }
      this.#waiting.delete(due[0]);
      this.millis = due[1].at;
      due[1].run();
      await settle();
    }
    this.millis = until;
  }
}

/** Lets promises that are ready run. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** The server's side of one WebSocket. */
class FakeSocket {
  sent = [];
  isClosed = false;

  constructor(url) {
    this.url = url;
  }

  send(text) {
    this.sent.push(text);
  }

  close() {
    this.isClosed = true;
  }

  receive(text) {
    this.onmessage({ data: text });
  }
}

/** A hub that says what the test wants: its client, the sockets it opened, the requests it made. */
export class FakeHub {
  sockets = [];
  requests = [];
  answers = [];
  timers = new FakeTimers();

  constructor(options = {}) {
    const fake = this;
    class Socket extends FakeSocket {
      constructor(url) {
        super(url);
        fake.sockets.push(this);
      }
    }
    /** A WebSocket's constructor that connects here. */
    this.Socket = Socket;
    this.client = new Candlehub({
      url: 'http://hub.test/',
      WebSocket: Socket,
      timers: this.timers,
      fetch: async (url, { headers }) => {
        this.requests.push({ url, headers });
        const answer = this.answers.shift() ?? { status: 404, body: { error: { code: 'NO_DATA', message: 'none' } } };
        if (answer instanceof Error) {
          throw answer;
        }
        const { status = 200, body = answer } = answer;
        return { ok: status < 300, status, json: async () => body };
      },
      ...options,
    });
  }

  get socket() {
    return this.sockets[this.sockets.length - 1];
  }

  /** Accepts the client's newest connection. */
  async accept() {
    await settle();
    this.socket.receive('0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}');
    this.socket.receive('40{"sid":"p"}');
  }

  /** The events sent since the last call: `{event, body, id}`. */
  take() {
    return this.socket.sent.splice(0).flatMap((text) => {
      const match = /^42(\d*)(.*)$/.exec(text);
      if (!match) {
        return [];
      }
      const [event, body] = JSON.parse(match[2]);
      return [{ event, body, id: match[1] }];
    });
  }

  emit(event, body) {
    this.socket.receive(`42${JSON.stringify([event, body])}`);
  }

  acknowledge({ id }, answer = { ok: true, state: 'live' }) {
    this.socket.receive(`43${id}${JSON.stringify([answer])}`);
  }

  /** Breaks the connection. */
  cut() {
    this.socket.onclose({});
  }
}

export const snapshot = (chartId, bars, { epoch = 'e1', seq = 5, ...extra } = {}) => ({
  chartId,
  bars,
  intervals: [],
  health: { mode: 'LIVE' },
  stream: { epoch, seq },
  ...extra,
});

export const update = (chartId, bars, fromSeq, seq, { epoch = 'e1', ...extra } = {}) => ({
  chartId,
  bars,
  stream: { epoch, fromSeq, seq },
  ...extra,
});
