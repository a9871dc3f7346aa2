// usage: node chain-watch.mjs URL UNDERLYING EXPIRATION CLIENTS [CONTRACT]
// Official clients look at one expiration by the contract's rules and nothing more; the first of them selects CONTRACT. Every
// message is held against what it says itself: what is live is in the window. Answers the lines `dump`, `leave` (the client
// that selected goes) and `unfocus` (all look away).

import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';

const [url, underlying, expiration, count, contract] = process.argv.slice(2);
const MOST_FAULTS = 20;

/** One client's copy of the chain. */
class Watch {
  constructor(selected) {
    this.selected = selected;
    this.legs = new Map();
    this.window = [];
    this.removed = 0;
    this.messages = 0;
    this.windows = 0;
    this.widest = 0;
    this.faults = [];
    this.errors = [];
    this.socket = io(url, { path: '/socket.io/', transports: ['websocket'], forceNew: true });
    this.socket.on('connect', () => this.focus());
    this.socket.on('chain:snapshot', (body) => this.snapshot(body));
    this.socket.on('chain:update', (body) => this.update(body));
    for (const event of ['live:error', 'connect_error']) {
      this.socket.on(event, (body) => this.errors.push({ event, message: body?.message, body }));
    }
  }

  focus() {
    const body = { underlying, expiration, ...(this.selected ? { contract: this.selected } : {}) };
    this.socket.emit('chain:focus', body, (ack) => {
      this.ack = ack;
    });
  }

  snapshot(body) {
    this.legs.clear();
    for (const group of body.expirations) {
      for (const { call, put } of group.strikes) {
        for (const leg of [call, put]) if (leg) this.legs.set(leg.symbol, leg);
      }
    }
    this.took(body);
  }

  update(body) {
    for (const leg of body.legs) this.legs.set(leg.symbol, leg);
    for (const symbol of body.removed) {
      this.removed++;
      if (this.legs.get(symbol)?.live) this.fault(`${symbol} was removed and is told as live`);
    }
    this.took(body);
  }

  took(body) {
    this.messages++;
    if (body.window.join() !== this.window.join()) this.windows++;
    this.window = body.window;
    this.spot = body.spot ?? this.spot;
    this.quality = body.quality ?? this.quality;
    this.widest = Math.max(this.widest, body.window.length);
    const window = new Set(body.window);
    for (const leg of this.legs.values()) {
      if (leg.live && !window.has(leg.symbol)) this.fault(`${leg.symbol} is live outside the window`);
    }
  }

  fault(text) {
    if (this.faults.length < MOST_FAULTS) this.faults.push(text);
  }

  dump() {
    const { window, widest, windows, messages, removed, faults, errors, ack, spot, quality } = this;
    const legs = [...this.legs.values()];
    return { legs, window, widest, windows, messages, removed, faults, errors, ack, spot, quality };
  }
}

const watches = Array.from({ length: Number(count) }, (none, index) => new Watch(index === 0 ? contract : undefined));

const commands = {
  dump: () => {},
  leave: () => watches.shift().socket.close(),
  unfocus: () => watches.forEach((watch) => watch.socket.emit('chain:unfocus')),
};

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  commands[line]();
  process.stdout.write(`${JSON.stringify({ watches: watches.map((watch) => watch.dump()) })}\n`);
});
lines.on('close', () => {
  watches.forEach((watch) => watch.socket.close());
  process.exit(0);
});
