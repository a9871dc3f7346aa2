// usage: node follow.mjs [SYMBOL] [TIMEFRAME] [HUB]
// Prints every change of a stream's newest bars. Node.js 22 has WebSocket; 20 needs
// `node --experimental-websocket follow.mjs`, or socket.io-client's `io` as an option of the client.

const [symbol = 'SPY', timeframe = '1m', url = 'http://127.0.0.1:8080'] = process.argv.slice(2);

// A program of yours keeps a copy of the file instead, from a hub it trusts: curl -O HUB/sdk/candlehub.js
const source = await (await fetch(`${url}/sdk/candlehub.js`)).text();
const { Candlehub } = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);

const hub = new Candlehub({ url, token: process.env.CANDLEHUB_TOKEN });
const line = ({ t, o, h, l, c, v, state }) =>
  `${new Date(t).toISOString()} ${symbol} o ${o} h ${h} l ${l} c ${c} v ${v} ${state}`;

hub.on('connection', ({ state, error }) => console.error(error ? `${state}: ${error.message}` : state));
hub.chart(
  { symbol, timeframe },
  {
    snapshot: ({ bars }) => console.log(`${bars.length} bars, the newest ${bars.length > 0 ? line(bars.at(-1)) : 'none'}`),
    update: (chart, { changed }) => changed.forEach((bar) => console.log(line(bar))),
    error: (error) => console.error(`${error.code}: ${error.message}`),
  },
);
