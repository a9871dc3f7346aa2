import { PREMIUM_DECIMALS, change, premium, volume } from '../format.js';
import { clockTime } from '../times.js';
import { FIELDS, cellOf, computedWords } from './cells.js';
import { isIndex } from './contracts.js';
import { LESSONS, reasonWords } from './words.js';

const GREEKS = ['delta', 'gamma', 'theta', 'vega', 'rho'];

/**
 * The newer of two quotes; what changes slowly is taken from the other one where it is missing, never bid and ask, nor what
 * the server withholds because it is too old.
 */
export function newestQuote(streamed, read) {
  const [newer, older] = (streamed?.t ?? -1) >= (read?.t ?? -1) ? [streamed, read] : [read, streamed];
  const { last, volume: traded, openInterest, prevClose } = older ?? {};
  const isKept = ([name, value]) => value !== undefined && newer.reasons?.[name] !== 'not-streamed';
  const slow = Object.entries({ last, volume: traded, openInterest, prevClose }).filter(isKept);
  return newer && { ...Object.fromEntries(slow), ...newer };
}

/**
 * What the quote panel says of a symbol, in order: `{name, label, text, detail, isMissing, isComputed, tip}`. Of an index
 * nobody bids, and nothing is traded.
 *
 * @param quote the newest quote, or undefined
 * @param leg the option's leg, or undefined of what is no option
 * @param isOption whether an option is shown
 */
export function quoteRows(quote, leg, isOption) {
  const reasons = { ...leg?.reasons, ...quote?.reasons };
  const row = (name, label, value, show, detail = '') => {
    const isMissing = !Number.isFinite(value);
    return {
      name,
      label,
      text: isMissing ? '–' : show(value),
      detail: isMissing ? '' : detail,
      isMissing,
      isComputed: false,
      tip: isMissing ? `${LESSONS[name]}\nNot known: ${reasonWords(reasons[name])}.` : LESSONS[name],
    };
  };
  const both = Number.isFinite(quote?.bid) && Number.isFinite(quote?.ask);
  const mid = quote?.mid ?? leg?.mid;
  const spread = quote?.spread ?? (both ? quote.ask - quote.bid : undefined);
  const share = spread >= 0 && mid > 0 ? `${((spread / mid) * 100).toFixed(3)}%` : '';
  const size = (value) => (value > 0 ? `× ${volume(value)}` : '');
  const last = quote?.last ?? leg?.last;
  const lastRow = row('last', 'Last', last, premium, change(last, quote?.prevClose, PREMIUM_DECIMALS));
  const closeRow = () => row('prevClose', 'Prev. close', quote?.prevClose, premium);
  if (isIndex(quote?.symbol)) {
    return [lastRow, closeRow()];
  }
  const rows = [
    lastRow,
    row('bid', 'Bid', quote?.bid, premium, size(quote?.bidSize)),
    row('ask', 'Ask', quote?.ask, premium, size(quote?.askSize)),
    row('mid', 'Mid', mid, premium),
    row('spread', 'Spread', spread, premium, share),
    row('volume', 'Volume', quote?.volume ?? leg?.volume, volume),
  ];
  if (!isOption) {
    return [...rows, closeRow()];
  }
  rows.push(row('openInterest', 'Open int.', quote?.openInterest ?? leg?.openInterest, volume));
  return [...rows, ...['iv', ...GREEKS].map((field) => legRow(leg, field))];
}

function legRow(leg, field) {
  const { isMissing, isComputed, text } = cellOf(leg, field);
  const why = isMissing ? `\nNot known: ${reasonWords(leg.reasons?.[field])}.` : '';
  const from = isComputed ? `\n${computedWords(leg.computed)}` : '';
  return {
    name: field,
    label: FIELDS[field].label,
    text: leg ? text : '–',
    detail: '',
    isMissing: isMissing || !leg,
    isComputed,
    tip: `${LESSONS[field]}${why}${from}`,
  };
}

/** What stands above the rows: `LIVE`, and since when a quote stands. */
export function quoteState({ quote, quality, online, isPaused, error }) {
  if (error) {
    return { state: 'error', text: error };
  }
  if (!quote) {
    return { state: 'loading', text: 'Loading the quote…' };
  }
  const at = Number.isFinite(quote.t) ? ` of ${clockTime(quote.t)}` : '';
  if (!online) {
    return { state: 'stale', text: `Not connected: quote${at}` };
  }
  if (isPaused) {
    return { state: 'stale', text: `${isPaused}: quote${at}` };
  }
  return quality?.isStale ? { state: 'stale', text: `Stale: quote${at}` } : { state: 'live', text: `Quote${at}` };
}
