/** Numbers as traders read them. Every function answers `–` for a value that is missing or not finite. */

const NONE = '–';
const MINUS = '−';

function known(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

function digits(value, least, most) {
  return value.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });
}

/** Fewest and most decimals that show a price of this size without losing a tick. */
function pricePrecision(price) {
  const size = Math.abs(price);
  if (size >= 1 || size === 0) {
    return [2, 4];
  }
  return size >= 0.01 ? [4, 4] : [4, 7];
}

/** A price with at least two decimals, more where the price has them: `1,412.50`, `412.385`, `0.0675`. */
export function price(value) {
  return known(value) ? digits(value, ...pricePrecision(value)).replace('-', MINUS) : NONE;
}

/** A price of what is quoted in cents however cheap it is, such as options and spreads: `0.05`, `12.345`. */
export function premium(value) {
  return known(value) ? digits(value, ...PREMIUM_DECIMALS).replace('-', MINUS) : NONE;
}

/** Decimals for a price axis that shows prices around `value`. */
export function axisDecimals(value) {
  return known(value) ? pricePrecision(value)[0] : 2;
}

/** A price for an axis: fixed decimals so that labels line up. */
export function axisPrice(value, decimals) {
  return digits(value, decimals, decimals).replace('-', MINUS);
}

/** A volume or size in three to four figures: `987`, `12.3K`, `1.25M`, `3.4B`; fractional shares keep two decimals. */
export function volume(value) {
  if (!known(value)) {
    return NONE;
  }
  for (const [unit, letter] of [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ]) {
    if (Math.abs(value) >= unit * 0.9995) {
      const scaled = value / unit;
      return digits(scaled, 0, Math.abs(scaled) < 9.995 ? 2 : Math.abs(scaled) < 99.95 ? 1 : 0) + letter;
    }
  }
  return digits(value, 0, 2);
}

/** Fewest and most decimals of what {@link premium} shows. */
export const PREMIUM_DECIMALS = [2, 4];

/** Difference of two prices with sign and percent: `+1.25 (+0.30%)`. Empty when the reference is unknown. */
export function change(value, reference, decimals = pricePrecision(reference)) {
  if (!known(value) || !known(reference) || reference === 0) {
    return '';
  }
  const difference = value - reference;
  const percent = (difference / Math.abs(reference)) * 100;
  const sign = difference < 0 ? MINUS : '+';
  return `${sign}${digits(Math.abs(difference), ...decimals)} (${sign}${digits(Math.abs(percent), 2, 2)}%)`;
}

/** A change in percent: `+0.42%`; empty when it is unknown. */
export function percentChange(value) {
  return known(value) ? `${value < 0 ? MINUS : '+'}${digits(Math.abs(value), 2, 2)}%` : '';
}

/** `up`, `down` or `flat`, for colours. */
export function direction(value, reference) {
  if (!known(value) || !known(reference) || value === reference) {
    return 'flat';
  }
  return value > reference ? 'up' : 'down';
}

/** A duration in at most two units: `<1s`, `12s`, `3m 05s`, `5h 12m`, `4d`. */
export function duration(millis) {
  if (!known(millis) || millis < 0) {
    return NONE;
  }
  const seconds = Math.floor(millis / 1000);
  if (seconds < 1) {
    return '<1s';
  }
  if (seconds < 60) {
    return `${seconds}s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h ${String(minutes % 60).padStart(2, '0')}m` : `${Math.floor(hours / 24)}d`;
}

/** A fixed span without odd seconds, for a provider's delay: `15m`, `90s`. */
export function span(millis) {
  return known(millis) && millis >= 60_000 && millis % 60_000 === 0 && millis < 3_600_000
    ? `${millis / 60_000}m`
    : duration(millis);
}
