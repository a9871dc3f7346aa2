import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cellOf,
  cellWords,
  columnsFor,
  isInTheMoney,
  legState,
  mirrored,
  nearestStrike,
} from '../src/desk/cells.js';
import { chainState, flowWords } from '../src/desk/chain-words.js';
import { fallbackWords, qualityWords } from '../src/desk/words.js';

const quality = { source: 'massive', isStale: false, warnings: [], confidence: 100, updatedAt: 1_795_186_818_928 };
const LEG = {
  symbol: 'O:SPY261123C00642000',
  bid: 3.69,
  ask: 3.71,
  bidSize: 150,
  volume: 0,
  iv: 0.15002,
  greeks: { delta: -0.493, rho: 0.0289 },
  live: true,
  computed: { fields: ['rho'], exerciseStyle: 'american', spot: 641.98, rate: 0.04, dividendYield: 0, ageMs: 1678 },
  reasons: { last: 'no-trade' },
  quality,
};

test('should show what is known, and 0 only where it is 0', () => {
  const shown = (field) => cellOf(LEG, field).text;
  assert.deepEqual(['bid', 'volume', 'iv', 'delta', 'rho'].map(shown), ['3.69', '0', '15.0%', '−0.49', '0.029']);
  assert.deepEqual(cellOf(LEG, 'last'), { text: '–', isMissing: true, isComputed: false });
  assert.deepEqual(cellOf(undefined, 'bid'), { text: '', isMissing: false, isComputed: false });
});

test('should mark what was computed here and say from what', () => {
  assert.equal(cellOf(LEG, 'rho').isComputed, true);
  assert.equal(cellOf(LEG, 'delta').isComputed, false);
  assert.match(
    cellWords(LEG, 'rho', true),
    /Computed here \(american style\) from spot 641\.98, rate 4\.0%, dividends 0\.0%, 1s old\./,
  );
});

test('should say why a value is missing', () => {
  assert.match(cellWords(LEG, 'last', true), /^No last trade: nothing was traded\./);
  assert.match(cellWords({ ...LEG, reasons: undefined }, 'last', true), /^No last trade: the provider did not tell it\./);
  assert.match(cellWords({ ...LEG, reasons: { last: 'out-of-hours' } }, 'last', true), /^No last trade: out of hours\./);
});

test('should call live only what streams over a connection that is up', () => {
  const stale = { ...LEG, quality: { ...quality, isStale: true } };
  assert.deepEqual(
    [legState(LEG, true), legState(LEG, false), legState({ ...LEG, live: false }, true), legState(stale, true)],
    ['live', 'snapshot', 'snapshot', 'stale'],
  );
  assert.equal(legState(undefined, true), 'none');
  assert.match(cellWords(LEG, 'bid', true), /^Bid 3\.69 for 150 contracts\.\nThe quote streams, from massive\.$/);
  assert.match(cellWords(LEG, 'bid', false), /Does not stream: snapshot of 10:00:18 EST, from massive\./);
  assert.match(cellWords(stale, 'bid', true), /Stale, though it streams: quote of 10:00:18 EST/);
});

test('should name the provider that stood in', () => {
  const other = { ...quality, source: 'tradier', fallbackReason: 'error', warnings: ['wide-spread', 'new-one'] };
  assert.equal(fallbackWords(other), 'Fallback tradier: the first provider failed');
  assert.equal(fallbackWords(quality), '');
  assert.match(cellWords({ ...LEG, quality: other }, 'bid', true), /Fallback tradier: the first provider failed\.\nWarnings: wide spread, new one\./);
  assert.match(qualityWords(other), /Confidence 100 of 100, from tradier\. Fallback tradier/);
  assert.equal(qualityWords(undefined), 'Quality not known yet.');
});

test('should fit its columns to the width, the bid left on both sides', () => {
  assert.deepEqual([800, 600, 390, 300].map((width) => columnsFor(width).length), [7, 5, 3, 2]);
  assert.deepEqual(mirrored(columnsFor(600)), ['bid', 'ask', 'delta', 'iv', 'openInterest']);
});

test('should find the strike at the money', () => {
  const strikes = [{ strike: 640 }, { strike: 641 }, { strike: 642 }];
  assert.deepEqual([nearestStrike(strikes, 641.4), nearestStrike(strikes, undefined), nearestStrike([], 1)], [1, -1, -1]);
  assert.deepEqual(
    [isInTheMoney('call', 640, 641), isInTheMoney('put', 640, 641), isInTheMoney('put', 642, 641), isInTheMoney('call', 1, undefined)],
    [true, false, true, false],
  );
});

test('should say when nothing streams', () => {
  const open = { market: 'open', speed: 1 };
  const text = (chain, online, status) => chainState(chain, online, status).text;
  assert.equal(text({ live: 42, state: 'live' }, true, open), '42 live');
  assert.equal(text({ live: 42, state: 'live' }, false, open), 'Not connected');
  assert.equal(text({ live: 42, state: 'live' }, true, { ...open, speed: 0 }), 'Market paused');
  assert.equal(text({ live: 0, state: 'live' }, true, { market: 'closed', speed: 1 }), 'Market closed: paused');
  assert.equal(text({ live: 0, state: 'closed' }, true, undefined), 'Market closed: paused');
  assert.equal(text({ live: 0, state: 'quiet' }, true, open), 'No live quotes');
  const window = new Set(['a', 'b']);
  assert.equal(text({ live: 2, state: 'live', window, windowWanted: 2 }, true, open), '2 live');
  assert.equal(text({ live: 1, state: 'live', window, windowWanted: 42 }, true, open), '1 live, limited to 2 of 42');
});

test('should tell an unusual trade in a line', () => {
  const flow = { kind: 'volume-over-interest', contract: LEG.symbol, size: 96, price: 3.53, side: 'sell' };
  assert.equal(flowWords(flow), 'Volume over interest · 642 C · 96 @ 3.53 · sell');
  assert.equal(flowWords({ ...flow, kind: 'sweep', price: undefined, side: 'none' }), 'Sweep · 642 C · 96');
});
