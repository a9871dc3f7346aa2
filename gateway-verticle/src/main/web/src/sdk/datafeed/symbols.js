import { isDaily } from '../bars.js';

const DAY_MILLIS = 86_400_000;
const OURS = new Set(['O', 'I', 'F']);

const TIMEFRAMES = {
  '1S': '1s',
  '5S': '5s',
  '15S': '15s',
  1: '1m',
  5: '5m',
  15: '15m',
  30: '30m',
  60: '1h',
  240: '4h',
  '1D': '1d',
  D: '1d',
  '1W': '1w',
  W: '1w',
};

/** Resolutions offered where the server does not name them. */
export const RESOLUTIONS = ['1', '5', '15', '30', '60', '240', '1D', '1W'];

/** The timeframe of a resolution, or undefined. */
export function timeframeOf(resolution) {
  return TIMEFRAMES[resolution];
}

/** A bar's time as the library wants it, in milliseconds: days stand at 00:00 UTC of their trade date. */
export function libraryTime(t, timeframe) {
  return isDaily(timeframe) ? Math.floor(t / DAY_MILLIS) * DAY_MILLIS : t;
}

/** The hub's symbol of what somebody typed or saved: `O:`, `I:` and `F:` are its own, other prefixes name exchanges. */
export function symbolOf(name) {
  const text = String(name).trim().toUpperCase();
  const prefix = /^([^:]*):/.exec(text);
  return prefix && !OURS.has(prefix[1]) ? text.slice(prefix[0].length) : text;
}

const EQUITY_SESSIONS = {
  regular: ['0930-1600', 'Regular hours'],
  extended: ['0400-2000', 'Extended hours'],
  premarket: ['0400-0930', 'Before the open'],
  postmarket: ['1600-2000', 'After the close'],
};

/** What a library must know of trading hours, in New York time; an option's intraday bars are its underlying's. */
function hours(symbol, sessionMode) {
  if (symbol.startsWith('F:')) {
    return { session: '1800-1700' };
  }
  if (symbol.startsWith('I:')) {
    return { session: '0930-1615' };
  }
  return {
    session: EQUITY_SESSIONS[sessionMode][0],
    subsession_id: sessionMode,
    subsessions: Object.entries(EQUITY_SESSIONS).map(([id, [session, description]]) => ({ id, session, description })),
  };
}

/**
 * What the library must know of a symbol.
 *
 * @param symbol the hub's symbol
 * @param known `{name, type, exchange}` as the hub lists it
 * @param served what the server's UDF says of it, if it does
 * @param sessionMode `extended` or `regular`
 * @param resolutions what is offered
 */
export function symbolInfo(symbol, known, served, sessionMode, resolutions) {
  const said = Object.entries(served ?? {}).map(([name, value]) => [name.replaceAll('-', '_'), value]);
  const own = hours(symbol, sessionMode);
  const info = {
    name: symbol,
    description: known?.name ?? symbol,
    type: known?.type ?? 'stock',
    exchange: known?.exchange ?? '',
    timezone: 'America/New_York',
    minmov: 1,
    pricescale: 100,
    format: 'price',
    volume_precision: 0,
    visible_plots_set: symbol.startsWith('I:') ? 'ohlc' : 'ohlcv',
    ...own,
    ...Object.fromEntries(said),
    // The hours must be those of the bars that are asked for, whatever the server names first.
    ...(own.subsessions && sessionMode === 'regular' ? own : {}),
  };
  const isRegular = own.subsessions && sessionMode === 'regular';
  return {
    ...info,
    ...(isRegular && info.corrections ? { corrections: regularOnly(info.corrections) } : {}),
    ticker: symbol,
    full_name: info.full_name ?? symbol,
    listed_exchange: info.listed_exchange ?? info.exchange,
    ...multipliers(resolutions),
    supported_resolutions: resolutions,
    data_status: 'streaming',
  };
}

/** Half days of the regular session, of those of the whole day: `0400-1700:DATE` is 13:00 for it. */
function regularOnly(corrections) {
  return corrections.replace(/\d{4}-1700:/g, '0930-1300:');
}

function multipliers(resolutions) {
  const ending = (letter) => resolutions.filter((it) => it.endsWith(letter)).map((it) => it.slice(0, -1) || '1');
  const seconds = ending('S');
  return {
    has_intraday: true,
    intraday_multipliers: resolutions.filter((it) => /^\d+$/.test(it)),
    has_seconds: seconds.length > 0,
    seconds_multipliers: seconds,
    has_daily: true,
    daily_multipliers: ending('D'),
    has_weekly_and_monthly: true,
    weekly_multipliers: ending('W'),
  };
}
