import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barTime, clockTime, dayNumber, isDaily, offsetMillis, wallLabel, wallSeconds, zoneAt } from '../src/times.js';

const HOUR = 3_600_000;

test('should follow New York through daylight saving', () => {
  assert.equal(offsetMillis(Date.UTC(2013, 9, 7, 13, 30)), -4 * HOUR);
  assert.equal(offsetMillis(Date.UTC(2013, 11, 7, 14, 30)), -5 * HOUR);
  assert.equal(offsetMillis(Date.UTC(2024, 2, 10, 6, 59, 59)), -5 * HOUR);
  assert.equal(offsetMillis(Date.UTC(2024, 2, 10, 7)), -4 * HOUR);
  assert.equal(zoneAt(Date.UTC(2013, 9, 7)), 'EDT');
  assert.equal(zoneAt(Date.UTC(2013, 11, 7)), 'EST');
});

test('should place a bar on the axis by its New York wall time', () => {
  const open = Date.UTC(2013, 9, 7, 13, 30);
  assert.equal(wallSeconds(open), Date.UTC(2013, 9, 7, 9, 30) / 1000);
  assert.equal(wallLabel(wallSeconds(open), false), 'Mon 7 Oct 2013 09:30');
  assert.equal(barTime(open, '1m'), 'Mon 7 Oct 2013 09:30 EDT');
});

test('should show daily bars by their trade date', () => {
  const day = Date.UTC(2013, 9, 7, 4);
  assert.equal(barTime(day, '1d'), 'Mon 7 Oct 2013');
  assert.ok(isDaily('1w') && !isDaily('4h'));
});

test('should change the day at New York midnight', () => {
  const midnight = Date.UTC(2013, 9, 8, 4);
  assert.equal(dayNumber(midnight) - dayNumber(midnight - 1), 1);
  assert.equal(dayNumber(Date.UTC(2013, 9, 8, 1)), dayNumber(Date.UTC(2013, 9, 7, 14)));
});

test('should write the clock with seconds and zone', () => {
  assert.equal(clockTime(Date.UTC(2013, 9, 7, 17, 42, 7)), '13:42:07 EDT');
});
