import { remember, remembered } from '../theme.js';
import { ChainPanel } from './chain-panel.js';
import { flowWords } from './chain-words.js';
import { underlyingOf } from './contracts.js';
import { Docks } from './docks.js';
import { find, setAttribute, setText } from './dom.js';
import { QuotePanel } from './quote-panel.js';
import { Tape } from './tape.js';
import { TapePanel } from './tape-panel.js';
import { Tips } from './tips.js';
import { WatchPanel } from './watch-panel.js';
import { Watched } from './watched.js';

const WATCH_KEY = 'candlehub.watchlist';

/** The panels beside the chart: chain, quote and book, tape, watchlist. All follow the symbol on show. */
export class Desk {
  #tape = new Tape();
  #panels;
  #docks;
  #flow;
  #symbol;

  /**
   * @param hub the `Candlehub`
   * @param go told the symbol that is wanted
   */
  constructor(hub, go) {
    const tips = new Tips();
    const chain = new ChainPanel(hub, tips, { pick: go, legs: () => this.#panels.quote.legs() });
    this.#panels = {
      chain,
      quote: new QuotePanel(hub, (symbol) => chain.leg(symbol)),
      tape: new TapePanel(this.#tape),
      watch: new WatchPanel(hub, new Watched(remembered(WATCH_KEY), (text) => remember(WATCH_KEY, text)), go),
    };
    this.#docks = new Docks(this.#panels);
    hub.on('flow', (flow) => this.#onFlow(flow));
    find('flow').addEventListener('click', () => this.#flow && go(this.#flow.contract));
  }

  /** Lets the open panels ask for their data; called once the chart has its own. */
  start() {
    this.#docks.start();
  }

  /** Shows another symbol. */
  show(symbol) {
    if (symbol === this.#symbol) {
      return;
    }
    if (underlyingOf(symbol) !== underlyingOf(this.#symbol)) {
      this.#showFlow(undefined);
    }
    this.#symbol = symbol;
    this.#tape.show(symbol);
    this.#panels.tape.changed();
    this.#panels.chain.show(symbol);
    this.#panels.quote.show(symbol);
    this.#panels.watch.show(symbol);
  }

  connection(online) {
    this.#panels.chain.connection(online);
    this.#panels.quote.connection(online);
    this.#panels.watch.connection(online);
  }

  status(status) {
    this.#panels.chain.status(status);
    this.#panels.quote.status(status);
  }

  quote(quote) {
    this.#panels.quote.quote(quote);
  }

  trades(trades) {
    if (this.#tape.add(trades)) {
      this.#panels.tape.changed();
    }
  }

  /** Opens or closes a panel. */
  toggle(name) {
    this.#docks.toggle(name);
  }

  #onFlow(flow) {
    if (underlyingOf(flow.contract) === underlyingOf(this.#symbol)) {
      this.#showFlow(flow);
    }
  }

  #showFlow(flow) {
    this.#flow = flow;
    const line = find('flow');
    line.hidden = !flow;
    setText(line, flow ? flowWords(flow) : '');
    setAttribute(line, 'data-direction', { buy: 'up', sell: 'down' }[flow?.side] ?? 'flat');
  }
}
