import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamStore, sameKey, streamKey } from '../src/sdk/bars.js';
import { bar, snapshot, update } from './fake-hub.js';

const SPY = streamKey('SPY', '1m');

function holding(bars, extra) {
  const store = new StreamStore(SPY);
  store.snapshot(snapshot('c', bars, extra));
  return store;
}

test('should hold a snapshot as it came, ordered', () => {
  const store = holding([bar(60), bar(0), bar(60, 11)]);
  assert.deepEqual(store.bars.map(({ t, c }) => [t, c]), [[0, 10], [60, 11]]);
  assert.deepEqual(store.position, { epoch: 'e1', seq: 5 });
  assert.equal(store.detail.health.mode, 'LIVE');
});

test('should replace bars by start, insert older ones and append newer ones', () => {
  const store = holding([bar(0), bar(120)]);
  const { changed } = store.update(update('c', [bar(180), bar(120, 11), bar(60)], 5, 8));
  assert.deepEqual(changed.map(({ t }) => t), [60, 120, 180]);
  assert.deepEqual(store.bars.map(({ t, c }) => [t, c]), [[0, 10], [60, 10], [120, 11], [180, 10]]);
  assert.equal(store.position.seq, 8);
});

test('should replace a bar whole, never blend or change it', () => {
  const store = holding([bar(0, 10, { vw: 10.5, n: 4 })]);
  const [before] = store.bars;
  store.update(update('c', [bar(0, 11)], 5, 6));
  assert.deepEqual(store.bars[0], bar(0, 11));
  assert.equal(before.c, 10);
});

test('should accept an overlapping update and refuse one with a hole or another epoch', () => {
  const store = holding([bar(0)]);
  assert.ok(store.update(update('c', [bar(60)], 3, 6)).changed);
  assert.equal(store.update(update('c', [bar(120)], 7, 8)), 'gap');
  assert.equal(store.update(update('c', [bar(120)], 0, 8, { epoch: 'e2' })), 'gap');
  assert.equal(store.update({ bars: [bar(120)] }), 'gap');
  assert.equal(store.bars.length, 2);
});

test('should not go back for an update older than what is held', () => {
  const store = holding([bar(0, 12)]);
  assert.equal(store.update(update('c', [bar(0, 9)], 3, 4)), undefined);
  assert.equal(store.bars[0].c, 12);
});

test('should take nothing but a snapshot once it forgot its position', () => {
  const store = holding([bar(0)]);
  store.forget();
  assert.equal(store.update(update('c', [bar(60)], 5, 6)), undefined);
  assert.equal(store.bars.length, 1);
});

test('should ask for daily bars as extended and tell streams apart', () => {
  assert.equal(streamKey('SPY', '1d', 'regular').sessionMode, 'extended');
  assert.ok(sameKey(SPY, streamKey('SPY', '1m', 'extended')));
  for (const other of [streamKey('QQQ', '1m'), streamKey('SPY', '5m'), streamKey('SPY', '1m', 'regular'), undefined]) {
    assert.ok(!sameKey(SPY, other));
  }
});

test('should tell when intervals changed', () => {
  const store = holding([bar(0)]);
  const outage = { from: 60, to: 120, state: 'outage' };
  assert.equal(store.update(update('c', [], 5, 6, { intervals: [outage] })).reshaped, true);
  assert.equal(store.update(update('c', [], 6, 7, { intervals: [outage] })).reshaped, false);
  assert.deepEqual(store.intervals, [outage]);
});

test('should let a bar replace the intervals it overlaps', () => {
  const at = (minute) => minute * 60_000;
  const gap = { from: at(1), to: at(4), state: 'suspected' };
  const closed = { from: at(6), to: at(9), state: 'closed' };
  const store = holding([bar(0)], { intervals: [gap, closed] });
  assert.equal(store.update(update('c', [bar(at(2))], 5, 6)).reshaped, true);
  assert.deepEqual(store.intervals, [
    { from: at(1), to: at(2), state: 'suspected' },
    { from: at(3), to: at(4), state: 'suspected' },
    closed,
  ]);
  assert.equal(store.update(update('c', [bar(at(2), 11)], 6, 7)).reshaped, false);
  const quiet = { from: at(1), to: at(3), state: 'quiet' };
  store.update(update('c', [bar(at(3))], 7, 8, { intervals: [quiet] }));
  assert.deepEqual(store.intervals, [quiet, closed]);
});

test('should ignore what is not a bar', () => {
  assert.equal(holding([bar(0), null, { t: 60 }, bar(120, 'x')]).bars.length, 1);
});

test('should put older bars and their intervals before what is held, and keep what is held', () => {
  const held = [{ from: 100, to: 120, state: 'quiet' }];
  const store = holding([bar(120)], { intervals: held });
  const older = {
    bars: [bar(60, 11), bar(0), bar(120, 99), { t: 30 }],
    intervals: [{ from: 61, to: 130, state: 'closed' }, { from: 200, to: 210, state: 'outage' }],
  };
  assert.equal(store.prepend(older), 2);
  assert.deepEqual(store.bars.map(({ t, c }) => [t, c]), [[0, 10], [60, 11], [120, 10]]);
  assert.deepEqual(store.intervals, [{ from: 61, to: 100, state: 'closed' }, ...held]);
  assert.deepEqual(store.position, { epoch: 'e1', seq: 5 });
});
