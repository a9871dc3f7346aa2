/** Option symbols: `O:`, the root, the expiration as six digits, C or P, a thousand times the strike as eight digits. */
const OPTION = /^O:(.+?)(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;

/** Roots that are not their underlying's symbol; the server's list. */
const UNDERLYINGS = {
  SPX: 'I:SPX',
  SPXW: 'I:SPX',
  XSP: 'I:XSP',
  NDX: 'I:NDX',
  NDXP: 'I:NDX',
  XND: 'I:XND',
  RUT: 'I:RUT',
  RUTW: 'I:RUT',
  MRUT: 'I:MRUT',
  VIX: 'I:VIX',
  VIXW: 'I:VIX',
  DJX: 'I:DJX',
  OEX: 'I:OEX',
  XEO: 'I:OEX',
  BRKB: 'BRK.B',
  BFB: 'BF.B',
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const DAY_MILLIS = 86_400_000;

/** `{root, underlying, expiration, type, strike}` of an option's symbol, or undefined of another one. */
export function parseContract(symbol) {
  const match = OPTION.exec(symbol ?? '');
  if (!match) {
    return undefined;
  }
  const [, root, year, month, day, letter, strike] = match;
  const plain = root.replace(/\d+$/, '') || root;
  return {
    root,
    underlying: UNDERLYINGS[plain] ?? plain,
    expiration: `20${year}-${month}-${day}`,
    type: letter === 'C' ? 'call' : 'put',
    strike: Number(strike) / 1000,
  };
}

/** The symbol whose chain a symbol belongs to, its own if it is no option. */
export function underlyingOf(symbol) {
  return parseContract(symbol)?.underlying ?? symbol;
}

/** False for what no listed option is written on: futures and options themselves. */
export function hasChain(underlying) {
  return !/^[OF]:/.test(underlying);
}

/** `Mon 23 Nov 2026` of `2026-11-23`. */
export function dateWords(date) {
  const at = new Date(`${date}T00:00:00Z`);
  return `${WEEKDAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** An expiration for a list, with its days from a trading day: `Mon 23 Nov 2026 · 3 days`. */
export function expirationWords(date, today) {
  const days = today ? Math.round((Date.parse(date) - Date.parse(today)) / DAY_MILLIS) : NaN;
  const distance = days === 0 ? ' · today' : days > 0 ? ` · ${days} ${days === 1 ? 'day' : 'days'}` : '';
  return dateWords(date) + distance;
}

/** A symbol for people: `SPY 23 Nov 2026 642 call`; other symbols as they are. */
export function symbolWords(symbol) {
  const contract = parseContract(symbol);
  if (!contract) {
    return symbol;
  }
  const date = dateWords(contract.expiration).replace(/^\w+ /, '');
  return `${contract.root} ${date} ${contract.strike} ${contract.type}`;
}

/** `642 C`. */
export function strikeWords(symbol) {
  const { strike, type } = parseContract(symbol);
  return `${strike} ${type === 'call' ? 'C' : 'P'}`;
}

/** Whether a symbol is that of an index. */
export const isIndex = (symbol) => symbol?.startsWith('I:') === true;
