/** A quote as TradingView's trading terminal takes it; what is unknown is left out. */
export function quoteValues(name, { last, bid, ask, spread, prevClose, volume, symbol }) {
  const change = last !== undefined && prevClose > 0 ? last - prevClose : undefined;
  const values = {
    lp: last,
    bid,
    ask,
    spread,
    volume,
    ch: change,
    chp: change === undefined ? undefined : (100 * change) / prevClose,
    prev_close_price: prevClose,
    short_name: symbol,
    original_name: symbol,
    description: symbol,
  };
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return { s: 'ok', n: name, v: Object.fromEntries(known) };
}
