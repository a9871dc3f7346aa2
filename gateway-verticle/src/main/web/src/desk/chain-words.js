import { premium } from '../format.js';
import { strikeWords } from './contracts.js';

/** Whether a chain streams, in words. */
export function chainState({ live, state, window, windowWanted }, online, status) {
  if (!online) {
    return { state: 'stale', text: 'Not connected' };
  }
  if (status?.speed === 0) {
    return { state: 'stale', text: 'Market paused' };
  }
  if (status?.market === 'closed' || state === 'closed') {
    return { state: 'stale', text: 'Market closed: paused' };
  }
  const cut = windowWanted > window?.size ? `, limited to ${window.size} of ${windowWanted}` : '';
  return live > 0 ? { state: 'live', text: `${live} live${cut}` } : { state: 'quiet', text: `No live quotes${cut}` };
}

/** An unusual trade in one line: `Sweep · 642 C · 96 @ 3.53 · sell`. */
export function flowWords({ kind, contract, size, price, side }) {
  const name = kind.replace(/-/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
  const at = Number.isFinite(price) ? ` @ ${premium(price)}` : '';
  const way = side === 'buy' || side === 'sell' ? side : '';
  return [name, strikeWords(contract), `${size}${at}`, way].filter(Boolean).join(' · ');
}
