import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamStore, errorConcerns, streamKey } from '../src/stream.js';

const SPY = streamKey('SPY', '1m', 'extended');
const QQQ = streamKey('QQQ', '1m', 'extended');
const bar = (t, c = 10, extra = {}) => ({ t, o: 10, h: 12, l: 9, c, v: 1, state: 'final', ...extra });

function snapshot(key, bars, seq = 5, extra = {}) {
  return { chartId: 'main', ...key, bars, intervals: [], stream: { epoch: 'e1', seq }, ...extra };
}

function update(key, bars, fromSeq, seq, extra = {}) {
  return { chartId: 'main', ...key, bars, stream: { epoch: 'e1', fromSeq, seq }, ...extra };
}

function following(key, payload) {
  const store = new StreamStore();
  store.want(key);
  assert.ok(store.applySnapshot(payload));
  return store;
}

test('should hold a snapshot as it came, ordered', () => {
  const store = following(SPY, snapshot(SPY, [bar(60), bar(0)], 5, { health: { mode: 'LIVE' } }));
  assert.deepEqual(store.bars.map(({ t }) => t), [0, 60]);
  assert.deepEqual(store.resumePoint(), { epoch: 'e1', seq: 5 });
  assert.equal(store.detail.health.mode, 'LIVE');
});

test('should replace bars by start, insert older ones and append newer ones', () => {
  const store = following(SPY, snapshot(SPY, [bar(0), bar(120)]));
  const { outcome, changed } = store.applyUpdate(update(SPY, [bar(180), bar(120, 11), bar(60)], 5, 8));
  assert.equal(outcome, 'applied');
  assert.deepEqual(changed.map(({ t }) => t), [60, 120, 180]);
  assert.deepEqual(store.bars.map(({ t, c }) => [t, c]), [[0, 10], [60, 10], [120, 11], [180, 10]]);
  assert.equal(store.seq, 8);
});

test('should replace a bar whole, never blend it', () => {
  const store = following(SPY, snapshot(SPY, [bar(0, 10, { vw: 10.5, n: 4 })]));
  store.applyUpdate(update(SPY, [bar(0, 11)], 5, 6));
  assert.deepEqual(store.bars[0], bar(0, 11));
});

test('should accept an overlapping update and refuse one with a hole or another epoch', () => {
  const store = following(SPY, snapshot(SPY, [bar(0)]));
  assert.equal(store.applyUpdate(update(SPY, [bar(60)], 3, 6)).outcome, 'applied');
  assert.equal(store.applyUpdate(update(SPY, [bar(120)], 7, 8)).outcome, 'gap');
  assert.equal(
    store.applyUpdate(update(SPY, [bar(120)], 6, 8, { stream: { epoch: 'e2', fromSeq: 0, seq: 1 } })).outcome,
    'gap',
  );
  assert.equal(store.applyUpdate({ ...SPY, bars: [bar(120)] }).outcome, 'gap');
  assert.equal(store.bars.length, 2);
});

test('should not go back for an update older than what is held', () => {
  const store = following(SPY, snapshot(SPY, [bar(0, 12)]));
  assert.equal(store.applyUpdate(update(SPY, [bar(0, 9)], 3, 4)).outcome, 'ignored');
  assert.equal(store.bars[0].c, 12);
});

test('should keep the former bars until the wanted snapshot is there and drop late answers', () => {
  const store = following(SPY, snapshot(SPY, [bar(0)]));
  store.want(QQQ);
  store.awaitSnapshot();
  assert.ok(store.loading());
  assert.equal(store.applySnapshot(snapshot(SPY, [bar(60)])), false);
  assert.equal(store.applyUpdate(update(SPY, [bar(60)], 5, 6)).outcome, 'ignored');
  assert.equal(store.applyUpdate(update(QQQ, [bar(60)], 5, 6)).outcome, 'ignored');
  assert.equal(store.key, SPY);
  assert.equal(store.bars.length, 1);
  assert.equal(store.resumePoint(), undefined);
  assert.ok(store.applySnapshot(snapshot(QQQ, [bar(0), bar(60)])));
  assert.equal(store.key, QQQ);
});

test('should tell streams apart by symbol, timeframe, session and chart', () => {
  for (const other of [{ symbol: 'QQQ' }, { timeframe: '5m' }, { sessionMode: 'regular' }, { chartId: 'side' }]) {
    const store = new StreamStore();
    store.want(SPY);
    assert.equal(store.applySnapshot({ ...snapshot(SPY, [bar(0)]), ...other }), false);
  }
});

test('should ask for daily bars as extended and take them under either session', () => {
  const daily = streamKey('SPY', '1d', 'regular');
  assert.equal(daily.sessionMode, 'extended');
  following(daily, snapshot({ ...daily, sessionMode: 'regular' }, [bar(0)]));
});

test('should tell when intervals changed', () => {
  const store = following(SPY, snapshot(SPY, [bar(0)]));
  const outage = { from: 60, to: 120, state: 'outage' };
  assert.equal(store.applyUpdate(update(SPY, [], 5, 6, { intervals: [outage] })).reshaped, true);
  assert.equal(store.applyUpdate(update(SPY, [], 6, 7, { intervals: [outage] })).reshaped, false);
  assert.deepEqual(store.intervals, [outage]);
});

test('should let a bar replace the intervals it overlaps', () => {
  const at = (minute) => minute * 60_000;
  const gap = { from: at(1), to: at(4), state: 'suspected' };
  const closed = { from: at(6), to: at(9), state: 'closed' };
  const store = following(SPY, snapshot(SPY, [bar(0)], 5, { intervals: [gap, closed] }));
  const { reshaped } = store.applyUpdate(update(SPY, [bar(at(2))], 5, 6));
  assert.equal(reshaped, true);
  assert.deepEqual(store.intervals, [
    { from: at(1), to: at(2), state: 'suspected' },
    { from: at(3), to: at(4), state: 'suspected' },
    closed,
  ]);
  assert.equal(store.applyUpdate(update(SPY, [bar(at(2), 11)], 6, 7)).reshaped, false);
  const quiet = { from: at(1), to: at(3), state: 'quiet' };
  store.applyUpdate(update(SPY, [bar(at(3))], 7, 8, { intervals: [quiet] }));
  assert.deepEqual(store.intervals, [quiet, closed]);
});

test('should ignore what is not a bar', () => {
  const store = following(SPY, snapshot(SPY, [bar(0), null, { t: 60 }, bar(120, 'x')]));
  assert.equal(store.bars.length, 1);
  assert.equal(store.applySnapshot(undefined), false);
});

test('should match errors by the fields they carry', () => {
  assert.ok(errorConcerns({ error: {} }, SPY));
  assert.ok(errorConcerns({ symbol: 'SPY', error: {} }, SPY));
  assert.ok(!errorConcerns({ symbol: 'QQQ', error: {} }, SPY));
  assert.ok(!errorConcerns({ error: {} }, undefined));
});

test('should put older bars and their intervals before what is held, and keep what is held', () => {
  const held = [{ from: 100, to: 120, state: 'quiet' }];
  const store = following(SPY, snapshot(SPY, [bar(120)], 5, { intervals: held }));
  const older = {
    bars: [bar(60, 11), bar(0), bar(120, 99), { t: 30 }],
    intervals: [{ from: 61, to: 130, state: 'closed' }, { from: 200, to: 210, state: 'outage' }],
  };
  assert.equal(store.prepend(older, SPY), 2);
  assert.deepEqual(store.bars.map(({ t, c }) => [t, c]), [[0, 10], [60, 11], [120, 10]]);
  assert.deepEqual(store.intervals, [{ from: 61, to: 100, state: 'closed' }, ...held]);
  assert.deepEqual(store.resumePoint(), { epoch: 'e1', seq: 5 });
  assert.equal(store.prepend({ bars: [bar(-60)] }, QQQ), 0);
});
