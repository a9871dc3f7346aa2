// Clients that speak the wire by hand, so that a suite sees every packet. One interface for both transports:
// send(packet), next() for the packet that arrives next (heartbeats are answered and not shown), closed().

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export const URL_BASE = process.env.CONFORMANCE_URL;
export const WS_BASE = URL_BASE.replace(/^http/, 'ws');
const PATIENCE = 5_000;
const SEPARATOR = '\x1e';

/** Fails instead of waiting for ever. */
export async function within(promise, what, millis = PATIENCE) {
  const late = new AbortController();
  try {
    return await Promise.race([
      promise,
      sleep(millis, undefined, { signal: late.signal }).then(() => {
        throw new Error(`no ${what} within ${millis} ms`);
      }),
    ]);
  } finally {
    late.abort();
  }
}

/** Packets in order of arrival, for a reader that comes before or after them. */
class Inbox {
  #items = [];
  #readers = [];

  put(item) {
    const reader = this.#readers.shift();
    if (reader) reader(item);
    else this.#items.push(item);
  }

  take() {
    if (this.#items.length > 0) return Promise.resolve(this.#items.shift());
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  get size() {
    return this.#items.length;
  }
}

class Client {
  constructor() {
    this.inbox = new Inbox();
    this.answersPings = true;
    this.pings = 0;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  received(packet) {
    if (packet === '2') {
      this.pings++;
      if (this.answersPings) this.send('3');
      return;
    }
    this.inbox.put(packet);
  }

  /** The next packet; heartbeats do not count. */
  next() {
    return within(this.inbox.take(), 'packet');
  }

  /** Resolves when the server has closed the session. */
  closed(millis = PATIENCE) {
    return within(this.ended, 'close', millis);
  }
}

/** A session over a WebSocket. */
export class SocketClient extends Client {
  static async open(path, query = '') {
    const client = new SocketClient(`${WS_BASE}${path}?EIO=4&transport=websocket${query}`);
    client.handshake = JSON.parse((await client.next()).slice(1));
    return client;
  }

  constructor(url) {
    super();
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket.binaryType = 'nodebuffer';
    this.socket.on('message', (data, binary) => this.received(binary ? data : data.toString()));
    this.socket.on('close', (code) => this.end(code));
    this.socket.on('error', () => {});
  }

  send(packet) {
    this.socket.send(packet);
    return Promise.resolve();
  }

  stop() {
    this.socket.terminate();
  }
}

/** A session over HTTP long polling. */
export class PollingClient extends Client {
  static async open(path, query = '') {
    const client = new PollingClient(`${URL_BASE}${path}?EIO=4&transport=polling${query}`);
    const [open] = await client.poll();
    client.handshake = JSON.parse(open.slice(1));
    client.url += `&sid=${client.handshake.sid}`;
    client.loop();
    return client;
  }

  constructor(url) {
    super();
    this.url = url;
    this.stopped = new AbortController();
    this.posts = Promise.resolve();
  }

  async poll() {
    const response = await fetch(this.url, { signal: this.stopped.signal });
    if (response.status !== 200) throw new Error(`poll answered ${response.status}`);
    return (await response.text()).split(SEPARATOR);
  }

  async loop() {
    try {
      for (;;) {
        for (const packet of await this.poll()) {
          if (packet === '1') throw new Error('closed');
          if (packet === '6') continue;
          this.received(packet.startsWith('b') ? Buffer.from(packet.slice(1), 'base64') : packet);
        }
      }
    } catch (error) {
      this.end(error.message);
    }
  }

  /** Packets leave one after the other: two posts at a time are an error of the client. */
  send(packet) {
    const body = Buffer.isBuffer(packet) ? `b${packet.toString('base64')}` : packet;
    this.posts = this.posts
      .then(() => fetch(this.url, { method: 'POST', body, headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, signal: this.stopped.signal }))
      .then((response) => response.text())
      .catch((error) => this.end(error.message));
    return this.posts;
  }

  stop() {
    this.stopped.abort();
  }
}

/** Tells how an upgrade request was answered: the status of the refusal, or 101. */
export async function upgradeStatus(path) {
  const socket = new WebSocket(`${WS_BASE}${path}`, { perMessageDeflate: false });
  const open = once(socket, 'open').then(() => 101);
  const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode);
  open.catch(() => {});
  refused.catch(() => {});
  socket.on('error', () => {});
  const status = await within(Promise.race([open, refused]), 'answer');
  socket.terminate();
  return status;
}

/** Resolves if a promise stays open for a while. */
export async function staysOpen(promise, millis) {
  const winner = await Promise.race([promise.then(() => 'ended'), sleep(millis).then(() => 'open')]);
  if (winner !== 'open') throw new Error(`ended within ${millis} ms`);
}

export { sleep };
