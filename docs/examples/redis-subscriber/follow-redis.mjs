// usage: npm ci && node follow-redis.mjs [SYMBOL] [TIMEFRAME] [HUB] [REDIS]
// Prints the final bars of a stream that Redis carries (`fanout.mode: redis`), each once, and again when it is revised.
// It only subscribes; the chart to begin with, and what was missed, come from the hub by REST. Redis does not know who
// wants what: a stream flows while somebody demands it, which reading REST every half minute does.
import { createClient } from 'redis';

const [symbol = 'SPY', timeframe = '1m', hub = 'http://127.0.0.1:8080', server = 'redis://127.0.0.1:6379'] =
  process.argv.slice(2);
const DEMAND_MILLIS = 30_000;
const RETRY_MILLIS = 1_000;

async function get(path) {
  const headers = process.env.CANDLEHUB_TOKEN ? { 'X-API-Key': process.env.CANDLEHUB_TOKEN } : {};
  const answer = await fetch(hub + path, { headers });
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(`${body.error.code}: ${body.error.message}`);
  }
  return body;
}

const revisions = new Map();
const waiting = [];
let position;
let term = 0;
let asking = false;

function take({ bars, stream }) {
  if (position?.epoch === stream.epoch && position.seq > stream.seq) {
    return;
  }
  position = stream;
  for (const { t, o, h, l, c, v, isFinal, revision, state } of bars) {
    if (isFinal && revision > (revisions.get(t) ?? -1)) {
      revisions.set(t, revision);
      console.log(`${new Date(t).toISOString()} ${symbol} o ${o} h ${h} l ${l} c ${c} v ${v} ${state}`);
    }
  }
}

/** Reads the chart; what is published meanwhile waits. */
async function ask() {
  asking = true;
  try {
    take(await get(`/api/market/aggs?ticker=${encodeURIComponent(symbol)}&timeframe=${timeframe}`));
    asking = false;
    waiting.splice(0).forEach(heard);
  } catch (error) {
    console.error(`no chart yet: ${error.message}`);
    setTimeout(ask, RETRY_MILLIS);
  }
}

/** Takes an update: all that changed in (fromSeq, seq]. It continues any position in between. */
function heard(update) {
  const { epoch, fromSeq, seq } = update.stream;
  if (asking) {
    waiting.push(update);
  } else if (epoch !== position.epoch || fromSeq > position.seq) {
    waiting.push(update);
    ask();
  } else if (seq > position.seq) {
    take(update);
  }
}

// Streams of a simulated market have its id before the address, so that nobody takes them for the real one's.
const status = await get('/api/market/status');
const channel = `${status.simulated ? `${status.marketId}:` : ''}md.chart.${timeframe}.${symbol}`;

const redis = createClient({ url: server });
redis.on('error', (error) => console.error(`redis: ${error.message}`));
// After a connection was lost the client subscribes again; the next update shows what was missed meanwhile.
await redis.connect();
await redis.subscribe(channel, (message) => {
  const { headers, ...update } = JSON.parse(message);
  // A hub that was replaced and does not know it yet sends under a lower term.
  if (Number(headers.term) >= term) {
    term = Number(headers.term);
    heard(update);
  }
});
await ask();
setInterval(() => asking || ask(), DEMAND_MILLIS);
