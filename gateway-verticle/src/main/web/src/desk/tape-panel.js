import { premium, volume } from '../format.js';
import { clockTime } from '../times.js';
import { element, find, perFrame, setText } from './dom.js';
import { sideOf } from './tape.js';

/** Most trades drawn. */
const SHOWN = 60;

/** The trades of the symbol on show. */
export class TapePanel {
  #tape;
  #isOpen = false;
  #schedule = perFrame(() => this.#draw());

  constructor(tape) {
    this.#tape = tape;
  }

  open(isOpen) {
    this.#isOpen = isOpen;
    this.#schedule();
  }

  changed() {
    this.#schedule();
  }

  #draw() {
    if (!this.#isOpen) {
      return;
    }
    const rows = this.#tape.rows.slice(0, SHOWN);
    setText(find('tape-empty'), rows.length > 0 ? '' : 'No trades yet.');
    find('tape-empty').hidden = rows.length > 0;
    find('tape-list').replaceChildren(...rows.map((row) => (row.gap ? gapRow(row) : tradeRow(row))));
  }
}

function gapRow({ gap }) {
  const tip = 'Trades came faster than they could be told one by one; prices and volumes do count them.';
  const text = `${gap.toLocaleString('en-US')} ${gap === 1 ? 'trade' : 'trades'} left out`;
  return element('li', { class: 'tape-gap', 'data-tip': tip, text });
}

function tradeRow(trade) {
  const { letter, direction, text } = sideOf(trade);
  const place = `Exchange ${trade.x || 'unknown'}${trade.c.length > 0 ? `, conditions ${trade.c.join(', ')}` : ''}.`;
  const time = new Date(trade.t).getMilliseconds();
  return element(
    'li',
    { 'data-direction': direction, 'data-tip': `${text}\n${place}` },
    element('span', { text: `${clockTime(trade.t).slice(0, 8)}.${String(time).padStart(3, '0')}` }),
    element('b', { text: premium(trade.p) }),
    element('span', { text: volume(trade.s) }),
    element('i', { text: letter, 'aria-label': text }),
  );
}
