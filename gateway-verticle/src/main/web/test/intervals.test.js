import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutBars, replaceOverlap } from '../src/sdk/intervals.js';

const of = (from, to, state) => ({ from, to, state });

test('should replace what a change overlaps and keep the rest', () => {
  const held = [of(0, 10, 'outage'), of(20, 30, 'quiet')];
  assert.deepEqual(replaceOverlap(held, [of(4, 6, 'quiet')]), [
    of(0, 4, 'outage'),
    of(4, 6, 'quiet'),
    of(6, 10, 'outage'),
    of(20, 30, 'quiet'),
  ]);
  assert.deepEqual(replaceOverlap(held, [of(5, 25, 'closed')]), [
    of(0, 5, 'outage'),
    of(5, 25, 'closed'),
    of(25, 30, 'quiet'),
  ]);
});

test('should end a bar with its session when it cuts', () => {
  const held = [of(0, 12, 'outage'), of(12, 90, 'closed')];
  assert.deepEqual(cutBars(held, [{ t: 4 }], 10), [of(0, 4, 'outage'), of(12, 90, 'closed')]);
  assert.deepEqual(cutBars(held, [{ t: 20 }], 10), [of(0, 12, 'outage'), of(12, 20, 'closed'), of(30, 90, 'closed')]);
  assert.equal(cutBars(held, [{ t: 90 }], 10), held);
});

test('should join equal neighbours', () => {
  assert.deepEqual(replaceOverlap([of(0, 10, 'quiet')], [of(10, 20, 'quiet')]), [of(0, 20, 'quiet')]);
});

test('should take changes in any order and skip empty ones', () => {
  assert.deepEqual(replaceOverlap([], [of(10, 20, 'quiet'), of(0, 5, 'outage'), of(7, 7, 'halted')]), [
    of(0, 5, 'outage'),
    of(10, 20, 'quiet'),
  ]);
});

test('should answer the same list when nothing changes', () => {
  const held = [of(0, 10, 'outage')];
  assert.equal(replaceOverlap(held, []), held);
  assert.equal(replaceOverlap(held, [of(2, 5, 'outage')]), held);
});

test('should stay ordered, disjoint and faithful for any sequence of changes', () => {
  let seed = 7;
  const random = (bound) => (seed = (seed * 48_271) % 2_147_483_647) % bound;
  const states = ['suspected', 'quiet', 'outage', 'halted'];
  for (let round = 0; round < 200; round++) {
    const model = new Array(60).fill(undefined);
    let list = [];
    for (let step = 0; step < 12; step++) {
      const from = random(55);
      const change = of(from, from + 1 + random(5), states[random(4)]);
      model.fill(change.state, change.from, change.to);
      list = replaceOverlap(list, [change]);
    }
    const read = new Array(60).fill(undefined);
    list.forEach((interval, i) => {
      assert.ok(interval.from < interval.to && (i === 0 || list[i - 1].to <= interval.from));
      read.fill(interval.state, interval.from, interval.to);
    });
    assert.deepEqual(read, model);
  }
});
