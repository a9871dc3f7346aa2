import { dayNumber, isDaily, offsetMillis } from './times.js';

/**
 * Which bars lie before or after the regular session of the US stock exchanges. Early closes are not computed here:
 * they are known from the closed time that the server reports, which begins at 17:00 instead of 20:00 on such a day,
 * and from its status for today.
 */
const DAY_MILLIS = 86_400_000;
const MINUTE_MILLIS = 60_000;
const OPEN = 9 * 60 + 30;
const CLOSE = 16 * 60;
const EARLY_CLOSE = 13 * 60;
const EARLY_POST_CLOSE = 17 * 60;

/** New York minutes since midnight. */
function minuteOfDay(epochMillis) {
  const wall = epochMillis + offsetMillis(epochMillis);
  return (((wall % DAY_MILLIS) + DAY_MILLIS) % DAY_MILLIS) / MINUTE_MILLIS;
}

/**
 * Tells the phase of a stream's bars.
 *
 * @param key the stream's key
 * @param barsOf the symbol whose bars they are
 * @param stepMillis bar length
 * @param intervals time without bars
 * @param today the status' session: `{close, earlyClose}`, if known
 * @returns a function from a bar's start to `pre`, `post` or undefined; a bar that reaches into the regular session
 *     belongs to it
 */
export function sessionPhase({ key, barsOf, stepMillis, intervals, today }) {
  const symbol = barsOf ?? key.symbol;
  if (isDaily(key.timeframe) || key.sessionMode === 'regular' || /^[OIF]:/.test(symbol)) {
    return () => undefined;
  }
  const early = earlyDays(intervals, today);
  const stepMinutes = stepMillis / MINUTE_MILLIS;
  return (t) => {
    const start = minuteOfDay(t);
    if (start + stepMinutes <= OPEN) {
      return 'pre';
    }
    const close = early.has(dayNumber(t)) ? EARLY_CLOSE : CLOSE;
    return start >= close ? 'post' : undefined;
  };
}

function earlyDays(intervals, today) {
  const early = new Set();
  for (const { from, state } of intervals) {
    if (state === 'closed' && minuteOfDay(from) === EARLY_POST_CLOSE) {
      early.add(dayNumber(from));
    }
  }
  const close = today?.earlyClose ? Date.parse(today.close) : NaN;
  if (Number.isFinite(close)) {
    early.add(dayNumber(close));
  }
  return early;
}
