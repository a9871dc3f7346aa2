/**
 * Reads the answer of the symbol search: rows `{symbol, name, type}`. Accepts a bare list or one under `symbols` or
 * `results`, of strings or objects.
 */
export function readSymbols(answer) {
  const list = Array.isArray(answer) ? answer : (answer?.symbols ?? answer?.results ?? []);
  const rows = new Map();
  for (const item of Array.isArray(list) ? list : []) {
    const symbol = typeof item === 'string' ? item : (item?.symbol ?? item?.ticker);
    if (typeof symbol === 'string' && symbol && !rows.has(symbol)) {
      rows.set(symbol, {
        symbol,
        name: item.name ?? item.description ?? '',
        type: item.type ?? item.exchange ?? '',
      });
    }
  }
  return [...rows.values()];
}

/** Asks the server for symbols; rejects with a message for people. */
export async function searchSymbols(query, signal) {
  const response = await fetch(`/api/market/symbols?query=${encodeURIComponent(query)}`, { signal });
  const answer = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new Error(answer?.error?.message ?? `Search failed (${response.status})`);
  }
  return readSymbols(answer);
}
