import { STEPS, isDaily } from './sdk/bars.js';

/**
 * Exchange time. Every clock on the page is New York's; the chart library knows UTC only, so bars are placed on its
 * axis by their New York wall time (seconds), which keeps days, ticks and labels right across daylight saving.
 */

const ZONE = 'America/New_York';
const HOUR_MILLIS = 3_600_000;
const DAY_MILLIS = 86_400_000;

/** Bar lengths in milliseconds, in the order the page offers them. */
export const TIMEFRAMES = new Map(
  ['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w'].map((timeframe) => [timeframe, STEPS[timeframe]]),
);

const wallFields = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});
const zoneName = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'short' });
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const offsetByHour = new Map();

export { isDaily };

/** New York's offset from UTC in milliseconds at an instant; it only ever changes on a full hour. */
export function offsetMillis(epochMillis) {
  const hour = Math.floor(epochMillis / HOUR_MILLIS);
  let offset = offsetByHour.get(hour);
  if (offset === undefined) {
    const at = hour * HOUR_MILLIS;
    const field = {};
    for (const { type, value } of wallFields.formatToParts(at)) {
      field[type] = Number(value);
    }
    offset = Date.UTC(field.year, field.month - 1, field.day, field.hour, field.minute, field.second) - at;
    offsetByHour.set(hour, offset);
  }
  return offset;
}

/** Position of an instant on the chart's axis: New York wall time in seconds, as if it were UTC. */
export function wallSeconds(epochMillis) {
  return Math.floor((epochMillis + offsetMillis(epochMillis)) / 1000);
}

/** Number of the New York calendar day an instant falls on. */
export function dayNumber(epochMillis) {
  return Math.floor((epochMillis + offsetMillis(epochMillis)) / DAY_MILLIS);
}

/** Zone abbreviation at an instant: `EST` or `EDT`. */
export function zoneAt(epochMillis) {
  return zoneName.formatToParts(epochMillis).find((part) => part.type === 'timeZoneName').value;
}

function two(number) {
  return String(number).padStart(2, '0');
}

/** Axis label of a wall-time position, without zone: `Mon 7 Oct 2013 09:31`, date alone for daily bars. */
export function wallLabel(seconds, daily) {
  const wall = new Date(seconds * 1000);
  const month = `${MONTHS[wall.getUTCMonth()]} ${wall.getUTCFullYear()}`;
  const date = `${WEEKDAYS[wall.getUTCDay()]} ${wall.getUTCDate()} ${month}`;
  return daily ? date : `${date} ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
}

/** A bar's time for people: `Mon 7 Oct 2013 09:31 EDT`; daily bars carry the trade date alone. */
export function barTime(epochMillis, timeframe) {
  const daily = isDaily(timeframe);
  const label = wallLabel(wallSeconds(epochMillis), daily);
  return daily ? label : `${label} ${zoneAt(epochMillis)}`;
}

/** Wall clock with zone: `13:42:07 EDT`. */
export function clockTime(epochMillis) {
  const wall = new Date(wallSeconds(epochMillis) * 1000);
  const time = [wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds()].map(two).join(':');
  return `${time} ${zoneAt(epochMillis)}`;
}

/** New York calendar date: `Mon 7 Oct 2013`. */
export function dateLabel(epochMillis) {
  return wallLabel(wallSeconds(epochMillis), true);
}
