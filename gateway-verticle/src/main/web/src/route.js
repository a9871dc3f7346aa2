import { TIMEFRAMES } from './times.js';

/** What the page shows when its address names nothing. */
export const DEFAULT_ROUTE = { symbol: 'SPY', timeframe: '1m' };

const SYMBOL = /^[A-Z0-9][A-Z0-9.:\-/^]{0,31}$/;

/** A typed symbol in canonical spelling, or undefined when it cannot be one. */
export function parseSymbol(text) {
  const symbol = String(text ?? '')
    .trim()
    .toUpperCase();
  return SYMBOL.test(symbol) ? symbol : undefined;
}

/** Reads `#SPY/1m`; missing or unusable parts fall back to the default. */
export function parseRoute(hash) {
  let text = String(hash ?? '').replace(/^#/, '');
  try {
    text = decodeURIComponent(text);
  } catch {
    text = '';
  }
  const cut = text.lastIndexOf('/');
  const tail = cut < 0 ? '' : text.slice(cut + 1);
  const named = TIMEFRAMES.has(tail);
  return {
    symbol: parseSymbol(named || cut < 0 ? text.slice(0, cut < 0 ? undefined : cut) : text) ?? DEFAULT_ROUTE.symbol,
    timeframe: named ? tail : DEFAULT_ROUTE.timeframe,
  };
}

/** Writes the fragment for a symbol and timeframe. */
export function formatRoute({ symbol, timeframe }) {
  return `#${encodeURIComponent(symbol).replaceAll('%3A', ':')}/${timeframe}`;
}
