import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRoute, parseRoute, parseSymbol } from '../src/route.js';

test('should read symbol and timeframe from the fragment', () => {
  assert.deepEqual(parseRoute('#AAPL/5m'), { symbol: 'AAPL', timeframe: '5m' });
  assert.deepEqual(parseRoute('#brk.b'), { symbol: 'BRK.B', timeframe: '1m' });
  assert.deepEqual(parseRoute('#O%3ASPY251219C00650000/1d'), { symbol: 'O:SPY251219C00650000', timeframe: '1d' });
});

test('should fall back where the fragment says nothing usable', () => {
  for (const hash of ['', '#', '#/', '#%E0%A4%A', '#<script>/9m', undefined]) {
    assert.deepEqual(parseRoute(hash), { symbol: 'SPY', timeframe: '1m' });
  }
  assert.deepEqual(parseRoute('#/1h'), { symbol: 'SPY', timeframe: '1h' });
});

test('should read back what it writes', () => {
  for (const symbol of ['SPY', 'BRK.B', 'O:SPY251219C00650000', 'I:SPX', 'F:GC', 'BRK/B']) {
    assert.deepEqual(parseRoute(formatRoute({ symbol, timeframe: '1w' })), { symbol, timeframe: '1w' });
  }
});

test('should accept only what can be a symbol', () => {
  assert.equal(parseSymbol(' spy '), 'SPY');
  assert.equal(parseSymbol('two words'), undefined);
  assert.equal(parseSymbol(''), undefined);
  assert.equal(parseSymbol(undefined), undefined);
});
