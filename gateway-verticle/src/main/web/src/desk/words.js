/** Why a value is missing, by the server's names. */
const REASONS = {
  unsupported: 'the provider has no such data',
  'not-entitled': 'the provider does not sell it to us',
  error: 'the provider was asked and failed',
  'not-provided': 'the provider did not tell it',
  pending: 'the provider has not answered yet',
  'one-sided': 'nobody bids, or nobody offers',
  'no-quote': 'nobody bids and nobody offers',
  crossed: 'the bid is above the ask',
  'no-trade': 'nothing was traded',
  'no-spot': "the underlying's price is not known",
  'old-spot': "the underlying's price is much older than the option's",
  expired: 'the contract has expired',
  'below-intrinsic': 'the price is below what exercising gives, so no volatility explains it',
  'no-time-value': 'the price holds no time value, so every low volatility explains it',
  'above-bound': 'the price is above every value a volatility gives',
  'volatility-above-range': 'it would take a volatility above 300 %',
  'not-streamed': 'it streams no more, and nothing newer has come yet',
};

/** What makes a datum less trustworthy, by the server's names. */
const WARNINGS = {
  'no-price': 'no price at all',
  'bad-value': 'a value that cannot be',
  crossed: 'bid above ask',
  'delta-range': 'delta out of range',
  'greeks-range': 'gamma or vega below zero',
  'iv-range': 'volatility out of range',
  'mostly-unusable': 'most contracts are unusable',
  'no-timeframes': 'all timeframes are missing',
  locked: 'bid equals ask',
  'one-sided': 'only one side is quoted',
  'wide-spread': 'wide spread',
  'no-volume': 'nothing traded today',
  'low-open-interest': 'few contracts open',
  'delta-zero': 'delta rounds to 0',
  'no-greeks': 'no greeks',
  'no-iv': 'no volatility',
  'no-spot': 'price of the underlying missing',
  'old-spot': 'price of the underlying much older than the options',
  'leg-errors': 'some contracts have errors',
  coverage: 'some contracts are not quoted on both sides',
  'strike-gaps': 'strikes are missing',
  'missing-legs': 'some strikes have a call or a put only',
  'missing-timeframe': 'a timeframe is missing',
  'outside-range': "outside the session's range",
  'not-streamed': 'bid and ask do not stream',
  'no-time': 'age unknown',
};

/** Why another provider answered, by the server's names. */
const FALLBACKS = {
  error: 'the first provider failed',
  'over-budget': 'our requests to the first provider are used up for now',
  empty: 'the first provider had nothing',
  'low-confidence': "the first provider's data was poor",
  unsupported: 'the first provider has no such data',
  unhealthy: 'the first provider is out of order',
  'not-entitled': 'the first provider does not sell it to us',
};

/** Short lessons, by what they are about. */
export const LESSONS = {
  nbbo: 'NBBO, the national best bid and offer: the highest bid and the lowest ask of all US exchanges together.',
  bid: 'The highest price somebody is ready to pay now. Who sells at once gets it.',
  ask: 'The lowest price somebody is ready to sell for now. Who buys at once pays it.',
  mid: 'Halfway between bid and ask: a fair guess of the value while both sides are quoted.',
  spread: 'Ask less bid: what it costs to buy and sell again at once. In percent of the mid it tells how liquid this is.',
  last: 'The price of the newest trade. It may be old: bid and ask tell what the value is now.',
  size: 'How much can be traded at that price: shares, or contracts of an option (usually 100 shares each).',
  volume: 'How much was traded in this session.',
  openInterest: 'Contracts that exist and are not closed. Counted once a day, after the close.',
  prevClose: "The last regular session's closing price; the day's change is measured from it.",
  quality: 'How much this can be trusted, 0 to 100: less for every warning and for age, 0 on an error.',
  iv: 'Implied volatility: the yearly swing of the underlying that explains the price of this option.',
  delta: 'What the option gains when the underlying rises by 1. Calls 0 to 1, puts −1 to 0; 0.5 is near the money.',
  gamma: 'By how much delta changes when the underlying rises by 1.',
  theta: 'What the option loses in a day if nothing else changes.',
  vega: 'What the option gains when its implied volatility rises by one percentage point.',
  rho: 'What the option gains when interest rates rise by one percentage point.',
  strike: "The price at which the option lets its holder buy (call) or sell (put) the underlying. Shaded: in the money.",
  tape: 'Every trade, newest first. B: the buyer paid the ask; S: the seller hit the bid, by the quote just before it.',
  book: 'Who waits at the best prices. This is the NBBO alone; orders behind it are not shown.',
};

/** Words for a code; an unknown one as it comes. */
const words = (table, code) => table[code] ?? String(code).replace(/-/g, ' ');

/** Why a value is missing. */
export const reasonWords = (reason) => (reason === undefined ? 'the provider did not tell it' : words(REASONS, reason));

/** A warning of quality. */
export const warningWords = (warning) => words(WARNINGS, warning);

/** Where data came from if not from the first provider, else an empty text. */
export function fallbackWords(quality) {
  const { source, fallbackReason } = quality ?? {};
  return fallbackReason ? `Fallback ${source}: ${words(FALLBACKS, fallbackReason)}` : '';
}

/** All there is to say about quality. */
export function qualityWords(quality) {
  if (!quality) {
    return 'Quality not known yet.';
  }
  const { source, confidence, isStale, warnings = [] } = quality;
  const parts = [`Confidence ${confidence} of 100, from ${source}.`, isStale && 'Stale: no news for a while.'];
  const fallback = fallbackWords(quality);
  parts.push(fallback && `${fallback}.`);
  parts.push(warnings.length > 0 && `Warnings: ${warnings.map(warningWords).join(', ')}.`);
  return parts.filter(Boolean).join(' ');
}
