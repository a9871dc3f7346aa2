import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarketClock } from '../src/market-clock.js';

test('should be the wall clock for a real market', () => {
  const clock = new MarketClock();
  assert.equal(clock.now(1000), 1000);
  clock.sync({ mode: 'live', marketTime: 5, speed: 60 }, 1000);
  assert.equal(clock.now(2000), 2000);
  assert.equal(clock.elapsed(500), 500);
});

test('should run at the simulated speed between reports', () => {
  const clock = new MarketClock();
  clock.sync({ mode: 'replay', simulated: true, marketTime: 100_000, speed: 60 }, 1000);
  assert.equal(clock.now(2000), 160_000);
  assert.equal(clock.elapsed(500), 30_000);
});

test('should stand still when the market does', () => {
  const clock = new MarketClock();
  const ended = { mode: 'replay', marketTime: 100_000, speed: 60 };
  clock.sync(ended, 1000);
  clock.sync(ended, 20_000);
  assert.equal(clock.now(30_000), 100_000);
  assert.equal(clock.elapsed(500), 0);
});
