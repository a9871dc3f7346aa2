// usage: node sdk-polling.mjs HUB SYMBOL
// The SDK through the official client, on long polling alone. Prints a line per snapshot and update.

import { io } from 'socket.io-client';

const [url, symbol] = process.argv.slice(2);
const source = await (await fetch(`${url}/sdk/candlehub.js`)).text();
const { Candlehub } = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);

const polling = (origin, options) => io(origin, { ...options, transports: ['polling'] });
const hub = new Candlehub({ url, io: polling });
hub.chart(
  { symbol, timeframe: '1m' },
  {
    snapshot: ({ bars }) => console.log(`snapshot ${bars.length}`),
    update: (chart, { changed }) => console.log(`update ${changed.length}`),
    error: (error) => console.log(`error ${error.code}`),
  },
);
