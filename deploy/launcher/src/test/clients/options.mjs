// usage: node options.mjs URL PROTOCOL UNDERLYING EXPIRATION
// An official client looks at everything besides bars until it has seen each kind of message; prints one line with how many.

import { io } from 'socket.io-client';
import EventBus from '@vertx/eventbus-bridge-client.js';

const [url, protocol, underlying, expiration] = process.argv.slice(2);
const PATIENCE = 30_000;
const seen = {};
const acks = {};
let ended = false;

const late = setTimeout(() => done({ late: true }), PATIENCE);

function done(result) {
  if (ended) return;
  ended = true;
  clearTimeout(late);
  process.stdout.write(`${JSON.stringify({ ...result, seen, acks })}\n`, () => process.exit(0));
}

function saw(kind, wanted, answers) {
  seen[kind] = (seen[kind] ?? 0) + 1;
  if (wanted.every((each) => seen[each]) && answers.every((each) => acks[each])) done({});
}

function socketIo() {
  const events = ['live:quote', 'live:trades', 'chain:snapshot', 'chain:update', 'watchlist:update', 'flow:update', 'market:snapshot'];
  const asks = {
    'live:subscribe': { symbol: underlying },
    'chain:focus': { underlying, expiration },
    'watchlist:set': { tickers: [underlying] },
    'snapshot:subscribe': {},
  };
  const socket = io(url, { path: '/socket.io/', reconnection: false });
  events.forEach((event) => socket.on(event, () => saw(event, events, Object.keys(asks))));
  socket.on('connect', () => {
    Object.entries(asks).forEach(([event, body]) =>
      socket.emit(event, body, (ack) => {
        acks[event] = ack;
      }),
    );
  });
  socket.on('connect_error', (error) => done({ error: error.message }));
  socket.on('disconnect', (reason) => done({ error: reason }));
}

function bridge() {
  const kinds = ['trades', 'snapshot', 'update', 'flow', 'chain'];
  const bus = new EventBus(`${url}/eventbus`);
  bus.onopen = () => {
    bus.registerHandler(`md.trades.${underlying}`, {}, () => saw('trades', kinds, []));
    bus.registerHandler(`md.chain.${underlying}`, {}, (error, message) => saw(message?.body.kind ?? 'error', kinds, []));
    bus.registerHandler('md.flow', {}, () => saw('flow', kinds, []));
    bus.send('md.command.chain', { underlying, expiration }, {}, (error, message) => {
      if (message?.body.expirations.length === 1) saw('chain', kinds, []);
    });
  };
  bus.onerror = (error) => done({ error });
  bus.onclose = () => done({ error: 'closed' });
}

if (protocol === 'socketio') socketIo();
else bridge();
