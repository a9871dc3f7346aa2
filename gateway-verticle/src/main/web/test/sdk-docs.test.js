import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { FakeHub, bar, settle, snapshot } from './fake-hub.js';

const PAGE = new URL('../../../../../docs/sdk.md', import.meta.url);
const SDK = new URL('../src/sdk/', import.meta.url);

/** What a page would have, with chart libraries that do nothing and time that stands still. */
function surroundings() {
  const hub = new FakeHub();
  hub.client.close();
  const nothing = () => new Proxy(function () {}, { get: () => nothing(), apply: () => nothing(), construct: () => nothing() });
  const globals = {
    location: { origin: 'http://hub.test' },
    WebSocket: hub.Socket,
    setTimeout: hub.timers.setTimeout,
    clearTimeout: hub.timers.clearTimeout,
    fetch: async () => ({ ok: false, status: 404, json: async () => ({}), text: async () => 'token' }),
    document: { getElementById: () => ({}) },
    LightweightCharts: { createChart: nothing(), CandlestickSeries: {}, HistogramSeries: {} },
    TradingView: { widget: class {} },
    console: { log: () => {} },
  };
  return { hub, globals };
}

test('should run every example of docs/sdk.md', async () => {
  const page = await readFile(PAGE, 'utf8');
  const examples = [...page.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
  assert.equal(examples.length, 5);
  for (const [index, code] of examples.entries()) {
    const { hub, globals } = surroundings();
    const [before, after = ''] = code.split('// later\n');
    const imports = [];
    const body = before.replace(/import (\{[^}]*\}) from '\/sdk\/([\w-]+\.js)';\n/g, (line, names, file) => {
      imports.push(`const ${names} = await load('${file}');`);
      return '';
    });
    const text = `${imports.join('\n')}\n${body}\nawait between();\n${after}`;
    const AsyncFunction = (async () => {}).constructor;
    const run = new AsyncFunction('load', 'between', text);
    const load = (file) => import(new URL(file, SDK));
    const former = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
    try {
      await run(load, async () => {
        await settle();
        await settle();
        assert.equal(hub.sockets.length, 1, `example ${index + 1} connects`);
        await hub.accept();
        hub.emit('chart:snapshot', snapshot('c1', [bar(60_000)]));
      });
    } finally {
      for (const [name, property] of former) {
        if (property) {
          Object.defineProperty(globalThis, name, property);
        } else {
          delete globalThis[name];
        }
      }
    }
  }
});
