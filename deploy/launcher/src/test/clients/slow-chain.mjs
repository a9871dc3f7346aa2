// usage: node slow-chain.mjs URL UNDERLYING SECONDS EXPIRATION EXPIRATION
// The official client looks at big chains in turn over a socket that it reads in gulps, so that the server has to wait for it
// again and again. Prints one line after so many seconds, or when the connection ends.

import { io } from 'socket.io-client';

const [url, underlying, seconds, ...expirations] = process.argv.slice(2);
const TURN_MILLIS = 400;
const CLOSED_MILLIS = 300;
const seen = { snapshots: 0, updates: 0, largest: 0, gulps: 0, pings: 0, longestWithoutPing: 0 };
const socket = io(url, { path: '/socket.io/', transports: ['websocket'], reconnection: false });
let since = 0;
let turn = 0;
let ended = false;

function done(result) {
  if (ended) return;
  ended = true;
  const millis = Date.now() - since;
  process.stdout.write(`${JSON.stringify({ ...result, millis, ...seen })}\n`, () => process.exit(0));
}

/** Looks at the other chain, and stops reading for a while. */
function look() {
  if (ended || !socket.connected) return;
  const expiration = expirations[turn++ % expirations.length];
  socket.emit('chain:focus', { underlying, expiration }, (ack) => {
    if (!ack.ok) done({ error: ack.error.message });
  });
  const { ws } = socket.io.engine.transport;
  ws.pause();
  seen.gulps++;
  setTimeout(() => ws.resume(), CLOSED_MILLIS);
}

socket.on('connect', () => {
  since = Date.now();
  let pinged = since;
  socket.io.engine.on('packet', ({ type, data }) => {
    if (type === 'ping') {
      seen.pings++;
      seen.longestWithoutPing = Math.max(seen.longestWithoutPing, Date.now() - pinged);
      pinged = Date.now();
    } else {
      seen.largest = Math.max(seen.largest, data?.length ?? 0);
    }
  });
  look();
  setInterval(look, TURN_MILLIS);
  setTimeout(() => done({ connected: socket.connected }), 1_000 * Number(seconds));
});
socket.on('chain:snapshot', () => seen.snapshots++);
socket.on('chain:update', () => seen.updates++);
socket.on('live:error', (body) => done({ error: body.error.message }));
socket.on('connect_error', (error) => done({ error: error.message }));
socket.on('disconnect', (reason) => done({ error: reason }));
