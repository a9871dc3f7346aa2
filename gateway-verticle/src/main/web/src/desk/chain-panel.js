import { premium } from '../format.js';
import { ChainGrid } from './chain-grid.js';
import { chainState } from './chain-words.js';
import { expirationWords, hasChain, parseContract, underlyingOf } from './contracts.js';
import { element, find, perFrame, setAttribute, setText, showQuality } from './dom.js';
import { fallbackWords, qualityWords } from './words.js';

const RETRY_MILLIS = 5000;

/**
 * The option chain of the symbol on show: which expiration, its strikes, and how good all that is. Follows the server
 * only while it is open.
 */
export class ChainPanel {
  #hub;
  #listener;
  #grid;
  #symbol;
  #underlying;
  #expirations = [];
  #expiration;
  #root;
  #chain;
  #run = 0;
  #retry;
  #isOpen = false;
  #online = false;
  #status;
  #isNew = true;
  #schedule = perFrame(() => this.#draw());

  /**
   * @param hub the `Candlehub`
   * @param tips the {@link Tips}
   * @param listener `{pick(symbol), legs()}`: told a chosen contract, and that legs changed
   */
  constructor(hub, tips, listener) {
    this.#hub = hub;
    this.#listener = listener;
    this.#grid = new ChainGrid(find('chain-grid'), {
      pick: (symbol) => listener.pick(symbol),
      cell: (cell, words) => {
        setText(find('chain-note'), words.replaceAll('\n', ' '));
        tips.hide();
      },
    });
    tips.answer(find('chain-grid'), (target) => this.#grid.tip(target));
    find('chain-expiration').addEventListener('change', ({ target }) => this.#choose(target.value));
    find('chain-root').addEventListener('change', ({ target }) => {
      this.#root = target.value;
      this.#isNew = true;
      this.#schedule();
    });
    find('chain-centre').addEventListener('click', () => this.#grid.centre());
    find('chain-retry').addEventListener('click', () => this.#load());
  }

  /** The newest leg of an option if its expiration is on show. */
  leg(symbol) {
    return this.#chain?.leg(symbol);
  }

  /** Follows the server or stops to. */
  open(isOpen) {
    if (isOpen === this.#isOpen) {
      return;
    }
    this.#isOpen = isOpen;
    this.#follow();
  }

  /** Shows the chain a symbol belongs to, and marks it if it is a contract. */
  show(symbol) {
    this.#symbol = symbol;
    const contract = parseContract(symbol);
    const isOther = this.#underlying !== underlyingOf(symbol);
    this.#underlying = underlyingOf(symbol);
    if (isOther) {
      this.#forget();
      this.#expiration = contract?.expiration;
      this.#follow();
    } else if (contract && contract.expiration !== this.#expiration) {
      this.#choose(contract.expiration);
    } else {
      this.#chain?.select(contract && symbol);
      this.#schedule();
    }
  }

  connection(online) {
    this.#online = online;
    this.#schedule();
  }

  status(status) {
    this.#status = status;
    this.#schedule();
  }

  #forget() {
    this.#stop();
    this.#expirations = [];
    this.#expiration = undefined;
    this.#root = undefined;
    find('chain-expiration').replaceChildren();
  }

  #stop() {
    this.#run++;
    clearTimeout(this.#retry);
    this.#chain?.close();
    this.#chain = undefined;
  }

  #follow() {
    this.#stop();
    if (this.#isOpen && this.#underlying) {
      this.#load();
    }
  }

  async #load() {
    clearTimeout(this.#retry);
    if (!hasChain(this.#underlying)) {
      this.#say('empty', `There are no options on ${this.#underlying} here.`);
      return;
    }
    if (this.#expirations.length > 0) {
      this.#focus();
      return;
    }
    const run = ++this.#run;
    this.#say('loading', `Loading the expirations of ${this.#underlying}…`);
    try {
      const path = `/api/market/options/expirations/${encodeURIComponent(this.#underlying)}`;
      const { expirations } = await this.#hub.get(path);
      if (run === this.#run) {
        this.#took(expirations);
      }
    } catch (error) {
      if (run === this.#run) {
        this.#failed(error);
      }
    }
  }

  #took(expirations) {
    this.#expirations = expirations;
    if (expirations.length === 0) {
      this.#say('empty', `No options on ${this.#underlying} are listed.`);
      return;
    }
    const today = this.#status?.session?.date ?? this.#status?.marketTime?.slice(0, 10);
    find('chain-expiration').replaceChildren(
      ...expirations.map((date) => element('option', { value: date, text: expirationWords(date, today) })),
    );
    if (!expirations.includes(this.#expiration)) {
      this.#expiration = expirations.find((date) => !today || date >= today) ?? expirations[0];
    }
    this.#focus();
  }

  #choose(expiration) {
    this.#expiration = expiration;
    this.#root = undefined;
    this.#stop();
    if (this.#isOpen && this.#expirations.length > 0) {
      this.#focus();
    }
  }

  #focus() {
    this.#isNew = true;
    find('chain-expiration').value = this.#expiration;
    this.#say('loading', `Loading the chain of ${this.#underlying}…`);
    const contract = parseContract(this.#symbol);
    this.#chain = this.#hub.chain(
      {
        underlying: this.#underlying,
        expiration: this.#expiration,
        contract: contract?.expiration === this.#expiration ? this.#symbol : undefined,
      },
      {
        snapshot: () => this.#changed(),
        update: () => this.#changed(),
        error: (error, chain) => chain === this.#chain && this.#failed(error),
      },
    );
  }

  #changed() {
    this.#listener.legs();
    this.#schedule();
  }

  /** What the SDK asks again for is only told; the rest waits for the reader, or is tried again here. */
  #failed(error) {
    const again = error.retryable ? ' Trying again…' : '';
    this.#say('error', `${this.#underlying} options: ${String(error.message).replace(/\.?$/, '.')}${again}`);
    if (error.retryable && !this.#chain) {
      this.#retry = setTimeout(() => this.#load(), Math.max(error.retryAfterMs ?? 0, RETRY_MILLIS));
    }
  }

  #say(state, text) {
    const panel = find('chain-panel');
    setAttribute(panel, 'data-state', state);
    setAttribute(panel, 'aria-busy', state === 'loading');
    const message = find('chain-message');
    message.hidden = !text;
    setText(message.querySelector('p'), text);
    find('chain-retry').hidden = state !== 'error';
    find('chain-grid').hidden = Boolean(text);
  }

  #draw() {
    const chain = this.#chain;
    if (!chain?.ready) {
      return;
    }
    const roots = chain.roots.map(({ root }) => root);
    if (!roots.includes(this.#root)) {
      this.#root = parseContract(this.#symbol)?.root ?? roots[0];
    }
    const { strikes } = chain.roots.find(({ root }) => root === this.#root) ?? chain.roots[0] ?? { strikes: [] };
    this.#say(strikes.length > 0 ? 'ready' : 'empty', strikes.length > 0 ? '' : 'No contract of this date is listed.');
    this.#grid.show({
      strikes,
      leg: (symbol) => chain.leg(symbol),
      spot: chain.spot,
      selected: this.#symbol,
      online: this.#flows(chain),
    });
    if (this.#isNew) {
      this.#isNew = false;
      this.#grid.centre(this.#symbol);
    }
    this.#drawHead(chain, roots);
  }

  /** Whether anything can be live: in a market that stands still nothing is, though it is subscribed. */
  #flows({ state }) {
    return chainState({ live: 1, state }, this.#online, this.#status).state === 'live';
  }

  #drawHead(chain, roots) {
    const select = find('chain-root');
    select.hidden = roots.length < 2;
    if (select.childElementCount !== roots.length || select.value !== this.#root) {
      select.replaceChildren(...roots.map((root) => element('option', { value: root, text: root })));
      select.value = this.#root;
    }
    setText(find('chain-spot'), Number.isFinite(chain.spot) ? premium(chain.spot) : 'unknown');
    showQuality(find('chain-quality'), chain.quality, qualityWords(chain.quality));
    const live = [...chain.window].filter((symbol) => chain.leg(symbol)?.live).length;
    const { window, windowWanted } = chain;
    const shown = { live, state: chain.state, window, windowWanted };
    const { state, text } = chainState(shown, this.#online, this.#status);
    const line = find('chain-state');
    setAttribute(line, 'data-state', state);
    setText(line, text);
    const fallback = find('chain-fallback');
    fallback.hidden = !fallbackWords(chain.quality);
    setText(fallback, fallbackWords(chain.quality));
  }
}
