import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionPhase } from '../src/sessions.js';
import { streamKey } from '../src/sdk/bars.js';
import { TIMEFRAMES } from '../src/times.js';

const summer = (hour, minute) => Date.UTC(2013, 9, 7, hour + 4, minute);
const winter = (hour, minute) => Date.UTC(2013, 11, 9, hour + 5, minute);
const halfDay = (hour, minute) => Date.UTC(2013, 10, 29, hour + 5, minute);

function phases(timeframe, { symbol = 'SPY', mode = 'extended', barsOf, intervals = [], today } = {}) {
  const key = streamKey(symbol, timeframe, mode);
  return sessionPhase({ key, barsOf, stepMillis: TIMEFRAMES.get(timeframe), intervals, today });
}

test('should tell minutes before and after the regular session, in summer and winter', () => {
  const phase = phases('1m');
  for (const at of [summer, winter]) {
    assert.equal(phase(at(4, 0)), 'pre');
    assert.equal(phase(at(9, 29)), 'pre');
    assert.equal(phase(at(9, 30)), undefined);
    assert.equal(phase(at(15, 59)), undefined);
    assert.equal(phase(at(16, 0)), 'post');
    assert.equal(phase(at(19, 59)), 'post');
  }
});

test('should count a bar that reaches into the regular session to it', () => {
  assert.equal(phases('1h')(summer(8, 0)), 'pre');
  assert.equal(phases('1h')(summer(9, 0)), undefined);
  assert.equal(phases('1h')(summer(16, 0)), 'post');
  assert.equal(phases('4h')(summer(4, 0)), 'pre');
  assert.equal(phases('4h')(summer(8, 0)), undefined);
});

test('should know early closes from closed time and from the status', () => {
  const closed = { from: halfDay(17, 0), to: halfDay(52, 0), state: 'closed' };
  assert.equal(phases('1m', { intervals: [closed] })(halfDay(13, 0)), 'post');
  assert.equal(phases('1m', { intervals: [closed] })(halfDay(12, 59)), undefined);
  assert.equal(phases('1m', { intervals: [closed] })(winter(13, 0)), undefined);
  assert.equal(phases('1m', { intervals: [{ ...closed, state: 'quiet' }] })(halfDay(13, 0)), undefined);
  const today = { close: '2013-11-29T13:00:00-05:00', earlyClose: true };
  assert.equal(phases('1m', { today })(halfDay(13, 0)), 'post');
  assert.equal(phases('1m', { today: { close: 'x', earlyClose: true } })(halfDay(13, 0)), undefined);
});

test('should leave out what has no extended session', () => {
  const none = [
    phases('1d'),
    phases('1m', { mode: 'regular' }),
    phases('1m', { symbol: 'I:SPX' }),
    phases('1m', { symbol: 'F:ES' }),
  ];
  none.forEach((phase) => assert.equal(phase(summer(4, 0)), undefined));
  assert.equal(phases('1m', { symbol: 'O:SPY251219C00650000', barsOf: 'SPY' })(summer(4, 0)), 'pre');
});
