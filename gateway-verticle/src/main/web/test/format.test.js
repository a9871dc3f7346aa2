import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisDecimals, axisPrice, change, direction, duration, price, span, volume } from '../src/format.js';

test('should show prices with two decimals and more only where the price has them', () => {
  assert.equal(price(1412.5), '1,412.50');
  assert.equal(price(412.385), '412.385');
  assert.equal(price(0.5), '0.5000');
  assert.equal(price(0.0067125), '0.0067125');
  assert.equal(price(-3.5), '−3.50');
  assert.equal(price(0), '0.00');
});

test('should show a dash for what is missing', () => {
  for (const missing of [undefined, null, NaN, Infinity, '12']) {
    assert.equal(price(missing), '–');
    assert.equal(volume(missing), '–');
    assert.equal(duration(missing), '–');
    assert.equal(change(missing, 1), '');
    assert.equal(direction(missing, 1), 'flat');
  }
});

test('should shorten volumes without rounding across a unit', () => {
  assert.equal(volume(987), '987');
  assert.equal(volume(12.345), '12.35');
  assert.equal(volume(999.9), '1K');
  assert.equal(volume(1250), '1.25K');
  assert.equal(volume(12_340), '12.3K');
  assert.equal(volume(326_100), '326K');
  assert.equal(volume(999_960), '1M');
  assert.equal(volume(3_400_000_000), '3.4B');
});

test('should show a change with sign and percent', () => {
  assert.equal(change(101.25, 100), '+1.25 (+1.25%)');
  assert.equal(change(99, 100), '−1.00 (−1.00%)');
  assert.equal(change(1, 0), '');
  assert.equal(direction(2, 1), 'up');
  assert.equal(direction(1, 2), 'down');
  assert.equal(direction(1, 1), 'flat');
});

test('should show durations in at most two units', () => {
  assert.equal(duration(180), '<1s');
  assert.equal(duration(12_900), '12s');
  assert.equal(duration(185_000), '3m 05s');
  assert.equal(duration(18_720_000), '5h 12m');
  assert.equal(duration(4 * 86_400_000), '4d');
  assert.equal(duration(-1), '–');
  assert.equal(span(900_000), '15m');
  assert.equal(span(90_000), '1m 30s');
});

test('should line axis labels up', () => {
  assert.equal(axisDecimals(412.385), 2);
  assert.equal(axisDecimals(0.0675), 4);
  assert.equal(axisDecimals(undefined), 2);
  assert.equal(axisPrice(412.1, 2), '412.10');
});
