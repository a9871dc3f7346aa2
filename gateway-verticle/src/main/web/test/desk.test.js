import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  expirationWords,
  hasChain,
  parseContract,
  symbolWords,
  underlyingOf,
} from '../src/desk/contracts.js';
import { newestQuote, quoteRows, quoteState } from '../src/desk/quote-rows.js';
import { Tape, sideOf } from '../src/desk/tape.js';
import { Watched } from '../src/desk/watched.js';
import { percentChange, premium } from '../src/format.js';

const CALL = 'O:SPY261123C00642500';

test('should read option symbols', () => {
  assert.deepEqual(parseContract(CALL), {
    root: 'SPY',
    underlying: 'SPY',
    expiration: '2026-11-23',
    type: 'call',
    strike: 642.5,
  });
  assert.deepEqual(
    ['O:SPXW261123P06400000', 'O:NVDA1261123C00100000', 'O:BRKB261123C00500000', 'SPY', 'F:GC'].map(underlyingOf),
    ['I:SPX', 'NVDA', 'BRK.B', 'SPY', 'F:GC'],
  );
  assert.deepEqual([hasChain('SPY'), hasChain('I:SPX'), hasChain('F:GC')], [true, true, false]);
  assert.deepEqual([symbolWords(CALL), symbolWords('SPY')], ['SPY 23 Nov 2026 642.5 call', 'SPY']);
});

test('should tell how far an expiration is', () => {
  const from = (today) => expirationWords('2026-11-23', today);
  assert.equal(from('2026-11-20'), 'Mon 23 Nov 2026 · 3 days');
  assert.equal(from('2026-11-22'), 'Mon 23 Nov 2026 · 1 day');
  assert.equal(from('2026-11-23'), 'Mon 23 Nov 2026 · today');
  assert.equal(from(undefined), 'Mon 23 Nov 2026');
});

test('should teach what each number of a quote is, and say why one is missing', () => {
  const leg = { greeks: { delta: 0.5 }, reasons: { gamma: 'one-sided', bid: 'one-sided' }, live: false };
  const rows = quoteRows({ ask: 0.02, askSize: 9, last: 0.01, prevClose: 0.02 }, leg, true);
  const row = (name) => rows.find((found) => found.name === name);
  assert.deepEqual([row('ask').text, row('ask').detail, row('last').detail], ['0.02', '× 9', '−0.01 (−50.00%)']);
  assert.deepEqual([row('bid').text, row('bid').isMissing], ['–', true]);
  assert.match(row('bid').tip, /highest price .*\nNot known: nobody bids, or nobody offers\./);
  assert.deepEqual([row('spread').text, row('delta').text, row('gamma').isMissing], ['–', '0.50', true]);
  assert.ok(rows.every(({ tip }) => tip.length > 20));
  assert.equal(quoteRows({ bid: 1 }, undefined, false).some(({ name }) => name === 'delta'), false);
});

test('should never fill a missing side from an older quote', () => {
  const read = { t: 1, bid: 1, ask: 2, volume: 7, prevClose: 3 };
  assert.deepEqual(newestQuote({ t: 2, ask: 2.1 }, read), { t: 2, ask: 2.1, volume: 7, prevClose: 3 });
  assert.equal(newestQuote({ t: 0, bid: 9 }, read).bid, 1);
  assert.equal(newestQuote(undefined, undefined), undefined);
});

test('should show no volume that the server withholds, and say why', () => {
  const withheld = { t: 2, last: 5, reasons: { volume: 'not-streamed' } };
  const newest = newestQuote(withheld, { t: 1, volume: 7, prevClose: 3 });
  assert.deepEqual(newest, { ...withheld, prevClose: 3 });
  const row = quoteRows(newest, undefined, false).find(({ name }) => name === 'volume');
  assert.match(row.tip, /Not known: it streams no more, and nothing newer has come yet\./);
});

test('should show nothing of an index that it never has', () => {
  const rows = quoteRows({ symbol: 'I:SPX', last: 6531.27, prevClose: 6517.05 }, undefined, false);
  assert.deepEqual(rows.map(({ name }) => name), ['last', 'prevClose']);
});

test('should say how a quote stands', () => {
  const quote = { t: 1_795_186_818_928 };
  const text = (view) => quoteState({ quote, online: true, ...view }).text;
  assert.equal(text({}), 'Quote of 10:00:18 EST');
  assert.equal(text({ quality: { isStale: true } }), 'Stale: quote of 10:00:18 EST');
  assert.equal(text({ isPaused: 'Market closed' }), 'Market closed: quote of 10:00:18 EST');
  assert.equal(text({ online: false }), 'Not connected: quote of 10:00:18 EST');
  assert.equal(text({ quote: undefined }), 'Loading the quote…');
  assert.equal(text({ error: 'no data' }), 'no data');
});

test('should keep the tape newest first and count what was left out', () => {
  const tape = new Tape();
  tape.show('SPY');
  const trade = (t) => ({ t, p: 1, s: 1 });
  assert.equal(tape.add({ symbol: 'QQQ', trades: [trade(1)] }), false);
  tape.add({ symbol: 'SPY', trades: [trade(1), trade(2)] });
  tape.add({ symbol: 'SPY', trades: [trade(5)], conflated: 3 });
  assert.deepEqual(tape.rows, [trade(5), { t: 5, gap: 3 }, trade(2), trade(1)]);
});

test('should tell the side of a trade by more than a colour', () => {
  const letter = (side) => sideOf({ side, confidence: 100 }).letter;
  assert.deepEqual(['buy', 'sell', 'none', 'unknown'].map(letter), ['B', 'S', '·', '?']);
  assert.match(sideOf({ side: 'buy', confidence: 100 }).text, /Confidence 100 of 100/);
});

test('should keep the watchlist as the reader made it', () => {
  let kept;
  const watched = new Watched(undefined, (text) => (kept = text));
  assert.equal(watched.add(' tsla '), '');
  assert.equal(watched.add('SPY'), 'SPY is in the list.');
  assert.equal(watched.add('two words'), 'That is not a symbol.');
  watched.remove('QQQ');
  assert.deepEqual(new Watched(kept, () => {}).list, ['SPY', 'AAPL', 'NVDA', 'TSLA']);
  assert.deepEqual(new Watched('', () => {}).list, []);
});

test('should show premiums in cents and changes in percent', () => {
  assert.deepEqual([premium(0.05), premium(-1.2345), premium(undefined)], ['0.05', '−1.2345', '–']);
  assert.deepEqual([percentChange(-0.421), percentChange(0), percentChange(undefined)], ['−0.42%', '+0.00%', '']);
});
