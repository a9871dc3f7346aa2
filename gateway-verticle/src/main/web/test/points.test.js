import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countMarks, drawMode, layOut, putLast } from '../src/points.js';

const MINUTE = 60_000;
const OPEN = Date.UTC(2013, 9, 7, 13, 30);
const at = (minute) => OPEN + minute * MINUTE;
const bar = (minute, state = 'final') => ({ t: at(minute), o: 1, h: 1, l: 1, c: 1, v: 1, state });
const run = (from, to, state) => ({ from: at(from), to: at(to), state });
const minutes = (points) => points.map((point) => (point.t - OPEN) / MINUTE);

test('should give outages and halts empty slots, quiet and closed time none', () => {
  const intervals = [run(1, 4, 'outage'), run(5, 8, 'quiet'), run(9, 10, 'halted'), run(11, 900, 'closed')];
  const points = layOut([bar(0), bar(4), bar(8), bar(10)], intervals, MINUTE);
  assert.deepEqual(minutes(points), [0, 1, 2, 3, 4, 8, 9, 10]);
  assert.deepEqual(points.map(({ shade }) => shade ?? ''), ['', 'outage', 'outage', 'outage', '', '', 'halted', '']);
  assert.ok(points.every((point, i) => i === 0 || point.time > points[i - 1].time));
});

test('should prefer a bar to an empty slot and keep slots after the newest bar', () => {
  const points = layOut([bar(0), bar(2)], [run(1, 4, 'outage')], MINUTE);
  assert.deepEqual(minutes(points), [0, 1, 2, 3]);
  assert.ok(points[2].bar && !points[2].shade);
  assert.equal(points[3].bar, undefined);
});

test('should align slots with the bars of any anchor', () => {
  const half = 30;
  const points = layOut([bar(half), bar(half + 180)], [run(half + 60, half + 180, 'outage')], 60 * MINUTE);
  assert.deepEqual(minutes(points), [half, half + 60, half + 120, half + 180]);
});

test('should give no slots to bars that span sessions and bound the rest', () => {
  assert.equal(layOut([bar(0)], [run(1, 100_000, 'outage')], 240 * MINUTE).length, 1);
  assert.ok(layOut([bar(0)], [run(1, 100_000, 'outage')], MINUTE).length < 5000);
});

test('should mark the first point after a suspected gap', () => {
  const points = layOut([bar(0), bar(3), bar(4)], [run(1, 3, 'suspected')], MINUTE);
  assert.deepEqual(points.map(({ suspected }) => Boolean(suspected)), [false, true, false]);
});

test('should patch the newest bar and later ones, rebuild for all else', () => {
  const points = layOut([bar(0), bar(1)], [], MINUTE);
  assert.equal(drawMode(points, [bar(1), bar(2)], false), 'patch');
  assert.equal(drawMode(points, [bar(0)], false), 'rebuild');
  assert.equal(drawMode(points, [bar(1)], true), 'rebuild');
  assert.equal(drawMode([], [bar(1)], false), 'rebuild');
  const withOutage = layOut([bar(0)], [run(1, 4, 'outage')], MINUTE);
  assert.equal(drawMode(withOutage, [bar(2)], false), 'rebuild');
});

test('should patch points as layOut would have placed them', () => {
  const points = layOut([bar(0), bar(1)], [], MINUTE);
  putLast(points, bar(1, 'revised'));
  putLast(points, bar(2, 'live'));
  assert.deepEqual(minutes(points), [0, 1, 2]);
  assert.equal(points[1].bar.state, 'revised');
  assert.equal(points[2].time - points[1].time, 60);
});

test('should count marks by run', () => {
  const intervals = [run(1, 3, 'outage'), run(4, 6, 'outage'), run(7, 8, 'suspected')];
  const bars = [bar(0), bar(3, 'revised'), bar(6), bar(8, 'outage')];
  assert.deepEqual(countMarks(layOut(bars, intervals, MINUTE)), { revised: 1, outage: 3, halted: 0, suspected: 1 });
});

test('should name the session phase of every point', () => {
  const phaseAt = (t) => (t < at(1) ? 'pre' : undefined);
  const points = layOut([bar(0), bar(2)], [run(1, 2, 'outage')], MINUTE, phaseAt);
  assert.deepEqual(points.map(({ phase }) => phase ?? ''), ['pre', '', '']);
  assert.equal(putLast(points, bar(3), () => 'post').phase, 'post');
});
