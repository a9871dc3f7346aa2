import { duration, premium, price, volume } from '../format.js';
import { clockTime } from '../times.js';
import { fallbackWords, reasonWords, warningWords } from './words.js';

const MINUS = '−';
const percent = (value) => `${(value * 100).toFixed(1)}%`;
const greek = (decimals) => (value) => value.toFixed(decimals).replace('-', MINUS);

/** What can be shown of an option, by its field's name. */
export const FIELDS = {
  bid: { label: 'Bid', name: 'Bid', show: premium },
  ask: { label: 'Ask', name: 'Ask', show: premium },
  mid: { label: 'Mid', name: 'Mid', show: premium },
  last: { label: 'Last', name: 'Last trade', show: premium },
  volume: { label: 'Vol', name: 'Volume', show: volume },
  openInterest: { label: 'OI', name: 'Open interest', show: volume },
  iv: { label: 'IV', name: 'Implied volatility', show: percent },
  delta: { label: 'Delta', name: 'Delta', show: greek(2) },
  gamma: { label: 'Gamma', name: 'Gamma', show: greek(4) },
  theta: { label: 'Theta', name: 'Theta', show: greek(3) },
  vega: { label: 'Vega', name: 'Vega', show: greek(3) },
  rho: { label: 'Rho', name: 'Rho', show: greek(3) },
};

/** Columns of one side, from the outside to the strike, for a width in pixels of the whole grid. */
export function columnsFor(width) {
  if (width >= 780) {
    return ['volume', 'openInterest', 'iv', 'delta', 'last', 'bid', 'ask'];
  }
  if (width >= 520) {
    return ['openInterest', 'iv', 'delta', 'bid', 'ask'];
  }
  return width >= 380 ? ['delta', 'bid', 'ask'] : ['bid', 'ask'];
}

/** The other side's columns: the same from the strike to the outside, but for the bid, which stands left everywhere. */
export function mirrored(columns) {
  const rest = columns.filter((field) => field !== 'bid' && field !== 'ask');
  return ['bid', 'ask', ...rest.reverse()];
}

/** A value of a leg, or undefined. */
export function valueOf(leg, field) {
  return leg?.[field] ?? leg?.greeks?.[field];
}

/**
 * How a leg's quote stands: `live` while it streams, `snapshot` as it was read once, `stale` when it is too old to go
 * by, `none` without a leg. Without a connection nothing is live.
 */
export function legState(leg, online) {
  if (!leg) {
    return 'none';
  }
  if (leg.quality?.isStale) {
    return 'stale';
  }
  return leg.live && online ? 'live' : 'snapshot';
}

/** What a cell shows: `{text, isMissing, isComputed}`; a missing value is a dash, never 0. */
export function cellOf(leg, field) {
  const value = valueOf(leg, field);
  if (!leg || !Number.isFinite(value)) {
    return { text: leg ? '–' : '', isMissing: Boolean(leg), isComputed: false };
  }
  return { text: FIELDS[field].show(value), isMissing: false, isComputed: leg.computed?.fields.includes(field) ?? false };
}

/** Explains a cell: why a value is missing, what it was computed from, how old it is and from whom. */
export function cellWords(leg, field, online) {
  if (!leg) {
    return 'There is no such contract.';
  }
  const { name } = FIELDS[field];
  const { text, isMissing, isComputed } = cellOf(leg, field);
  const parts = [isMissing ? `No ${lower(name)}: ${reasonWords(leg.reasons?.[field])}.` : `${name} ${text}${sizeOf(leg, field)}.`];
  if (isComputed) {
    parts.push(computedWords(leg.computed));
  }
  parts.push(stateWords(leg, online));
  const warnings = leg.quality?.warnings ?? [];
  if (warnings.length > 0) {
    parts.push(`Warnings: ${warnings.map(warningWords).join(', ')}.`);
  }
  return parts.filter(Boolean).join('\n');
}

function lower(name) {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function sizeOf(leg, field) {
  const size = { bid: leg.bidSize, ask: leg.askSize }[field];
  return size > 0 ? ` for ${volume(size)} ${size === 1 ? 'contract' : 'contracts'}` : '';
}

/** From what the hub computed a value that the provider did not tell. */
export function computedWords({ exerciseStyle, price: from, spot, rate, dividendYield, ageMs }) {
  const inputs = [
    Number.isFinite(from) && `price ${premium(from)}`,
    Number.isFinite(spot) && `spot ${price(spot)}`,
    Number.isFinite(rate) && `rate ${percent(rate)}`,
    Number.isFinite(dividendYield) && `dividends ${percent(dividendYield)}`,
  ];
  const age = ageMs >= 1000 ? `, ${duration(ageMs)} old` : '';
  return `Computed here (${exerciseStyle} style) from ${inputs.filter(Boolean).join(', ')}${age}.`;
}

/** Whether a leg streams, since when it does not, and who told it. */
export function stateWords(leg, online) {
  const { source, updatedAt } = leg.quality ?? {};
  const at = Number.isFinite(updatedAt) ? ` of ${clockTime(updatedAt)}` : '';
  const fallback = fallbackWords(leg.quality);
  const from = fallback ? `. ${fallback}.` : `, from ${source}.`;
  switch (legState(leg, online)) {
    case 'live':
      return `The quote streams${from}`;
    case 'stale':
      return `Stale${leg.live && online ? ', though it streams' : ''}: quote${at}${from}`;
    default:
      return `Does not stream: snapshot${at}${from}`;
  }
}

/** Index of the strike nearest to the spot, or −1. */
export function nearestStrike(strikes, spot) {
  if (!Number.isFinite(spot)) {
    return -1;
  }
  return strikes.reduce(
    (best, { strike }, index) =>
      best < 0 || Math.abs(strike - spot) < Math.abs(strikes[best].strike - spot) ? index : best,
    -1,
  );
}

/** Whether an option is in the money at a spot. */
export function isInTheMoney(type, strike, spot) {
  return Number.isFinite(spot) && (type === 'call' ? strike < spot : strike > spot);
}
