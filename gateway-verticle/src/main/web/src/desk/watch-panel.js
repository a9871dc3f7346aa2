import { direction, percentChange, premium } from '../format.js';
import { clockTime } from '../times.js';
import { symbolWords } from './contracts.js';
import { element, find, perFrame, setAttribute, setText, showQuality } from './dom.js';
import { qualityWords } from './words.js';

/** The reader's list of tickers with their prices, read by the server every few seconds. */
export class WatchPanel {
  #hub;
  #watched;
  #pick;
  #cards = new Map();
  #rows = new Map();
  #symbol;
  #isOpen = false;
  #online = false;
  #error = '';
  #schedule = perFrame(() => this.#draw());

  /**
   * @param watched the {@link Watched}
   * @param pick told the symbol that is wanted
   */
  constructor(hub, watched, pick) {
    this.#hub = hub;
    this.#watched = watched;
    this.#pick = pick;
    find('watch-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#add();
    });
    find('watch-retry').addEventListener('click', () => this.#ask());
  }

  open(isOpen) {
    if (isOpen !== this.#isOpen) {
      this.#isOpen = isOpen;
      this.#ask();
    }
  }

  /** Marks the symbol on show. */
  show(symbol) {
    this.#symbol = symbol;
    this.#schedule();
  }

  connection(online) {
    this.#online = online;
    this.#schedule();
  }

  #add() {
    const input = find('watch-input');
    const why = this.#watched.add(input.value);
    setText(find('watch-note'), why);
    if (!why) {
      input.value = '';
      this.#ask();
    }
  }

  #remove(symbol) {
    const { list } = this.#watched;
    const next = list[list.indexOf(symbol) + 1] ?? list[list.indexOf(symbol) - 1];
    this.#watched.remove(symbol);
    this.#cards.delete(symbol);
    this.#ask();
    (this.#rows.get(next)?.remove ?? find('watch-input')).focus();
  }

  #ask() {
    this.#error = '';
    this.#hub.watch(this.#isOpen ? this.#watched.list : [], {
      cards: (cards) => {
        cards.forEach((card) => this.#cards.set(card.symbol, card));
        this.#error = '';
        this.#schedule();
      },
      error: (error) => {
        this.#error = String(error.message).replace(/\.?$/, '.') + (error.retryable ? ' Trying again…' : '');
        this.#schedule();
      },
    });
    this.#schedule();
  }

  #draw() {
    if (!this.#isOpen) {
      return;
    }
    const { list } = this.#watched;
    const box = find('watch-list');
    setAttribute(box, 'data-offline', this.#online ? undefined : '');
    if (box.dataset.symbols !== list.join(' ')) {
      box.dataset.symbols = list.join(' ');
      const kept = this.#rows;
      this.#rows = new Map(list.map((symbol) => [symbol, kept.get(symbol) ?? this.#newRow(symbol)]));
      box.replaceChildren(...[...this.#rows.values()].map(({ element: made }) => made));
    }
    this.#rows.forEach((row, symbol) => drawRow(row, this.#cards.get(symbol), symbol === this.#symbol));
    const message = find('watch-message');
    message.hidden = !this.#error && list.length > 0;
    setText(message.querySelector('p'), this.#error || 'Add a symbol to watch it.');
    find('watch-retry').hidden = !this.#error;
  }

  #newRow(symbol) {
    const parts = {
      symbol: element('span', { class: 'watch-symbol', text: symbolWords(symbol) }),
      last: element('b', { text: '…' }),
      change: element('span', { class: 'watch-change' }),
      quality: element('span', { class: 'quality', hidden: '' }),
      remove: element('button', { type: 'button', class: 'watch-remove', 'aria-label': `Remove ${symbol}`, text: '×' }),
    };
    const go = element('button', { type: 'button', class: 'watch-go' }, parts.symbol, parts.last, parts.change);
    go.addEventListener('click', () => this.#pick(symbol));
    parts.remove.addEventListener('click', () => this.#remove(symbol));
    const made = element('li', { 'data-symbol': symbol }, go, parts.quality, parts.remove);
    return { element: made, go, ...parts };
  }
}

function drawRow({ element: made, go, last, change, quality, symbol }, card, isShown) {
  setAttribute(go, 'aria-current', isShown ? 'true' : undefined);
  setAttribute(symbol, 'data-tip', card?.name && card.name !== card.symbol ? card.name : undefined);
  if (!card) {
    return;
  }
  const isFailed = card.error !== undefined;
  setAttribute(made, 'data-failed', isFailed ? '' : undefined);
  const at = Number.isFinite(card.t) ? ` Read at ${clockTime(card.t)}.` : '';
  setText(last, Number.isFinite(card.last) ? premium(card.last) : '–');
  setAttribute(last, 'data-tip', isFailed ? `${card.error.message}.${at}` : `Last price.${at}`);
  setText(change, percentChange(card.changePercent));
  setAttribute(change, 'data-direction', direction(card.change, 0));
  if (isFailed) {
    quality.hidden = false;
    setText(quality, 'error');
    setAttribute(quality, 'data-quality', 'poor');
    setAttribute(quality, 'data-tip', `${card.error.message}.`);
  } else {
    showQuality(quality, card.quality, qualityWords(card.quality));
  }
}
