import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlertLog } from '../src/alerts.js';

const at = Date.UTC(2013, 9, 7, 14, 3, 12);
const alert = (message, kind = 'mute-feed') => ({ kind, subject: 'stocks', message, from: at, to: at, t: at });

test('should keep the latest alerts in words, newest first', () => {
  const log = new AlertLog();
  assert.equal(log.line(), '');
  assert.ok(log.add(alert('no data for 15 s'), 0));
  assert.ok(log.add(alert('requests are limited', 'throttled'), 1));
  assert.equal(log.line(), '10:03:12 EDT · Throttled · stocks · requests are limited');
  assert.deepEqual(log.list().map(({ kind }) => kind), ['Throttled', 'Silent feed']);
});

test('should keep twenty alerts', () => {
  const log = new AlertLog();
  for (let i = 0; i < 50; i++) {
    log.add(alert(`a${i}`), i);
  }
  assert.equal(log.list().length, 20);
  assert.equal(log.list()[19].message, 'a30');
});

test('should let an alert stand out for a minute', () => {
  const log = new AlertLog();
  assert.equal(log.isFresh(0), false);
  log.add(alert('a'), 1000);
  assert.equal(log.isFresh(60_999), true);
  assert.equal(log.isFresh(61_000), false);
});

test('should show kinds it does not know and ignore what says nothing', () => {
  const log = new AlertLog();
  assert.equal(log.add(undefined, 0), false);
  assert.equal(log.add({ kind: 'x' }, 0), false);
  assert.equal(log.add({ message: 7 }, 0), false);
  assert.ok(log.add({ kind: 'new-kind', message: 'something' }, 0));
  assert.equal(log.line(), 'new kind · something');
});
