import { premium, volume } from '../format.js';
import { isIndex, parseContract, symbolWords } from './contracts.js';
import { element, find, perFrame, setAttribute, setText, showQuality } from './dom.js';
import { newestQuote, quoteRows, quoteState } from './quote-rows.js';
import { LESSONS, fallbackWords, qualityWords } from './words.js';

const READ_MILLIS = 10_000;

/**
 * The quote of the symbol on show with what each number means, and its book. The stream tells prices; how good they
 * are, and an option's greeks, are read from time to time.
 */
export class QuotePanel {
  #hub;
  #leg;
  #symbol;
  #quote;
  #read = {};
  #error = '';
  #online = false;
  #status;
  #isOpen = false;
  #run = 0;
  #timer;
  #rows = new Map();
  #schedule = perFrame(() => this.#draw());

  /** @param leg `(symbol) => leg`: the newest leg of the chain on show, if it is there */
  constructor(hub, leg) {
    this.#hub = hub;
    this.#leg = leg;
    find('quote-retry').addEventListener('click', () => this.#look());
  }

  open(isOpen) {
    this.#isOpen = isOpen;
    clearTimeout(this.#timer);
    if (isOpen && this.#symbol) {
      this.#look();
    }
    this.#schedule();
  }

  show(symbol) {
    if (symbol === this.#symbol) {
      return;
    }
    this.#symbol = symbol;
    this.#quote = undefined;
    this.#read = {};
    this.#error = '';
    this.#run++;
    if (this.#isOpen) {
      this.#look();
    }
    this.#schedule();
  }

  quote(quote) {
    if (quote.symbol === this.#symbol) {
      this.#quote = { prevClose: this.#quote?.prevClose, ...quote };
      this.#error = '';
      this.#schedule();
    }
  }

  /** A leg of the chain may have changed. */
  legs() {
    this.#schedule();
  }

  connection(online) {
    const isBack = online && !this.#online;
    this.#online = online;
    if (isBack && this.#isOpen && this.#symbol) {
      this.#look();
    }
    this.#schedule();
  }

  status(status) {
    this.#status = status;
    this.#schedule();
  }

  /** Reads what the stream does not tell, again and again while it is looked at. */
  async #look() {
    clearTimeout(this.#timer);
    const run = ++this.#run;
    const ask = async (path) => {
      try {
        return await this.#hub.get(`/api/market/${path}/${encodeURIComponent(this.#symbol)}`);
      } catch (error) {
        return { error };
      }
    };
    const isOption = parseContract(this.#symbol) !== undefined;
    const [quote, leg, book] = await Promise.all([
      ask('quotes'),
      isOption ? ask('options/contracts') : undefined,
      isIndex(this.#symbol) ? undefined : ask('book'),
    ]);
    if (run !== this.#run) {
      return;
    }
    this.#read = { quote: quote.error ? this.#read.quote : quote, leg: leg?.error ? this.#read.leg : leg };
    this.#read.book = book?.error ? undefined : book;
    this.#error = quote.error && !this.#quote && !this.#read.quote ? String(quote.error.message) : '';
    if (this.#isOpen) {
      this.#later();
    }
    this.#schedule();
  }

  #later() {
    this.#timer = setTimeout(() => (document.hidden ? this.#later() : this.#look()), READ_MILLIS);
  }

  #draw() {
    if (!this.#isOpen || !this.#symbol) {
      return;
    }
    const contract = parseContract(this.#symbol);
    const quote = newestQuote(this.#quote, this.#read.quote);
    const leg = contract && (this.#leg(this.#symbol) ?? this.#read.leg);
    const quality = this.#leg(this.#symbol)?.quality ?? this.#read.quote?.quality ?? this.#read.leg?.quality;
    setText(find('quote-symbol'), symbolWords(this.#symbol));
    showQuality(find('quote-quality'), quality, `${LESSONS.quality}\n${qualityWords(quality)}`);
    const isPaused = this.#status?.speed === 0 ? 'Market paused' : this.#status?.market === 'closed' && 'Market closed';
    const { state, text } = quoteState({ quote, quality, online: this.#online, isPaused, error: this.#error });
    setAttribute(find('quote-panel'), 'data-state', state);
    setText(find('quote-state'), text);
    find('quote-retry').hidden = state !== 'error';
    find('quote-fallback').hidden = !fallbackWords(quality);
    setText(find('quote-fallback'), fallbackWords(quality));
    this.#drawRows(state === 'error' ? [] : quoteRows(quote, leg, contract !== undefined));
    this.#drawBook(quote);
  }

  #drawRows(rows) {
    const list = find('quote-rows');
    const names = rows.map(({ name }) => name).join();
    if (list.dataset.names !== names) {
      list.dataset.names = names;
      this.#rows = new Map(rows.map((row) => [row.name, newRow(row)]));
      list.replaceChildren(...[...this.#rows.values()].map(({ element: made }) => made));
    }
    for (const { name, text, detail, isMissing, isComputed, tip } of rows) {
      const { term, value, extra } = this.#rows.get(name);
      setText(value, text);
      setText(extra, detail);
      setAttribute(value, 'data-missing', isMissing ? '' : undefined);
      setAttribute(value, 'data-computed', isComputed ? '' : undefined);
      setAttribute(value, 'data-tip', isMissing || isComputed ? tip : undefined);
      setAttribute(term, 'data-tip', tip);
    }
  }

  /** The stream tells the best prices sooner than the book is read; deeper levels are only read. */
  #drawBook(quote) {
    const { book } = this.#read;
    const best = (price, size) => (Number.isFinite(price) ? [{ price, size }] : []);
    const isDeep = book?.depth === 'levels';
    const bids = isDeep ? book.bids : quote ? best(quote.bid, quote.bidSize) : (book?.bids ?? []);
    const asks = isDeep ? book.asks : quote ? best(quote.ask, quote.askSize) : (book?.asks ?? []);
    const most = Math.max(1, ...[...bids, ...asks].map(({ size }) => size ?? 0));
    const nbbo = isIndex(this.#symbol) ? '' : 'NBBO';
    setText(find('book-depth'), isDeep ? `${Math.max(bids.length, asks.length)} levels` : nbbo);
    const none = (field, nobody) => {
      if (isIndex(this.#symbol)) {
        return 'An index has none';
      }
      const reason = quote ? quote.reasons?.[field] : book?.reasons?.[`${field}s`];
      return (quote || book) && reason !== 'not-provided' ? nobody : 'Not known';
    };
    fillSide(find('book-bids'), bids, most, none('bid', 'Nobody bids'));
    fillSide(find('book-asks'), asks, most, none('ask', 'Nobody offers'));
  }
}

function newRow({ name, label }) {
  const term = element('button', { type: 'button', class: 'term', text: label });
  const value = element('b', { 'data-testid': `quote-${name}` });
  const extra = element('i');
  const made = element('div', { 'data-row': name }, element('dt', {}, term), element('dd', {}, value, ' ', extra));
  return { element: made, term, value, extra };
}

function fillSide(list, levels, most, emptyText) {
  const content = levels.map(({ price, size }) => `${price} ${size}`).join() || emptyText;
  if (list.dataset.content === content) {
    return;
  }
  list.dataset.content = content;
  const rows = levels.map(({ price, size }) => {
    const bar = element('meter', { min: 0, max: most, value: size ?? 0, 'aria-hidden': 'true' });
    const known = Number.isFinite(size) ? volume(size) : '–';
    return element('li', {}, element('b', { text: premium(price) }), element('span', { text: known }), bar);
  });
  list.replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'none', text: emptyText })]));
}
