import { isDaily, streamKey } from './bars.js';
import { Chain } from './chain.js';
import { Chart } from './chart.js';
import { CandlehubError } from './failure.js';
import { Link } from './link.js';
import { Quotes } from './quotes.js';
import { overSocketIo, overWebSocket } from './transport.js';
import { Watchlist } from './watchlist.js';

const DAY_MILLIS = 86_400_000;
const TIMERS = {
  setTimeout: (run, millis) => setTimeout(run, millis),
  clearTimeout: (timer) => clearTimeout(timer),
  random: Math.random,
};

/**
 * A conversation with a hub: streams of bars, quotes, an option chain, a watchlist, status and alerts over one
 * connection, and questions by REST.
 *
 * It connects when it is created and stays connected, however often the connection breaks, until {@link close}.
 */
export class Candlehub {
  #url;
  #token;
  #fetch;
  #timers;
  #link;
  #quotes;
  #watchlist;
  #chain;
  #charts = new Map();
  #listeners = new Map();
  #nextChart = 1;
  #connection = { state: 'connecting' };

  /**
   * @param options all optional: `url` the hub's origin, by default the page's; `token` a text or a function, also an
   *     asynchronous one, asked at every connection and request; `io` socket.io-client's function, to use it instead of
   *     a WebSocket; `WebSocket`, `fetch`, `timers` in place of the global ones
   */
  constructor({ url = globalThis.location?.origin, token, io, ...own } = {}) {
    if (!url) {
      throw new TypeError('url is needed outside a page');
    }
    this.#url = String(url).replace(/\/+$/, '');
    this.#token = token;
    this.#fetch = own.fetch ?? ((...args) => fetch(...args));
    this.#timers = own.timers ?? TIMERS;
    const Socket = own.WebSocket ?? globalThis.WebSocket;
    if (!io && !Socket) {
      throw new TypeError('there is no WebSocket here: give one, or io');
    }
    const connect = io ? overSocketIo(io) : overWebSocket(Socket, this.#timers);
    this.#link = new Link(connect, this.#url, () => this.#currentToken(), this.#timers, {
      state: (connection) => {
        this.#connection = connection;
        this.#tell('connection', connection);
      },
      up: () => this.#resume(),
      event: (name, body) => this.#take(name, body ?? {}),
    });
    this.#quotes = new Quotes(this.#link, this.#timers);
    this.#watchlist = new Watchlist(this.#link, this.#timers);
    this.#link.open();
  }

  /** True while the connection is up. */
  get connected() {
    return this.#link.online;
  }

  /** `{state, failed?, detail?, error?}`; state `connecting`, `online`, `reconnecting` or `closed`. */
  get connection() {
    return this.#connection;
  }

  /**
   * Hears `connection`, `status`, `alert` or, of the underlying whose chain is shown, `flow`.
   *
   * @returns a function that ends it
   */
  on(event, handler) {
    const handlers = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  /**
   * Follows a stream of bars.
   *
   * @param options `{symbol, timeframe, sessionMode?, maxPerSecond?}`
   * @param handlers see {@link Chart}
   */
  chart({ symbol, timeframe, sessionMode, ...options }, handlers = {}) {
    const id = `c${this.#nextChart++}`;
    const chart = new Chart(id, streamKey(symbol, timeframe, sessionMode), options, handlers, {
      link: this.#link,
      timers: this.#timers,
      older: (key, to, limit) => this.before(key, to, limit),
      gone: () => this.#charts.delete(id),
    });
    this.#charts.set(id, chart);
    chart.focus();
    return chart;
  }

  /** Follows quotes; see {@link Quotes#follow}. */
  quotes(symbols, handlers) {
    return this.#quotes.follow(symbols, handlers);
  }

  /**
   * Shows an expiration of an option chain in place of the one before.
   *
   * @param options `{underlying, expiration, contract?}`
   * @param handlers see {@link Chain}
   */
  chain(options, handlers = {}) {
    const chain = new Chain(options, handlers, {
      link: this.#link,
      timers: this.#timers,
      gone: (ended) => {
        if (this.#chain === ended) {
          this.#chain = undefined;
        }
      },
    });
    this.#chain?.replaced();
    this.#chain = chain;
    chain.focus();
    return chain;
  }

  /** Watches tickers; see {@link Watchlist#set}. */
  watch(tickers, handlers) {
    this.#watchlist.set(tickers, handlers);
  }

  /** Asks `/api/market/aggs`: `{ticker, timeframe, from?, to?, limit?, sessionMode?, adjusted?}`. */
  bars(query) {
    return this.get('/api/market/aggs', query);
  }

  /** Asks `/api/market/symbols`: `{query, limit?}`; answers a list. */
  async symbols(query) {
    const { symbols } = await this.get('/api/market/symbols', query);
    return symbols ?? [];
  }

  /** Asks `/api/market/status`. */
  status() {
    return this.get('/api/market/status');
  }

  /**
   * The newest bars of a stream up to a time, over any stretch without trades.
   *
   * @param key `{symbol, timeframe, sessionMode}`
   * @param to last start wanted, epoch milliseconds
   * @param limit most bars
   * @returns an answer with at least one bar, or undefined if the server says that there are none
   */
  async before({ symbol, timeframe, sessionMode }, to, limit) {
    const until = (last) => this.#seen({ ticker: symbol, timeframe, sessionMode, to: last, limit });
    const answer = await until(to);
    if (answer.bars?.length > 0) {
      return answer;
    }
    if (isDaily(timeframe)) {
      return undefined;
    }
    // Nothing in the sessions just before: the day bars tell when what is shown was traded last.
    const ticker = answer.barsOf ?? symbol;
    const { bars: days = [] } = await this.#seen({ ticker, timeframe: '1d', to: to - DAY_MILLIS, limit: 1 });
    const older = days.length > 0 && (await until(days[days.length - 1].t + DAY_MILLIS - 1));
    return older && older.bars?.length > 0 ? older : undefined;
  }

  /**
   * Asks any route by GET.
   *
   * @returns the JSON answered
   * @throws CandlehubError with the server's words, or code `UNAVAILABLE` when it cannot be reached
   */
  async get(path, query = {}) {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
    const token = await this.#currentToken();
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    let response;
    try {
      response = await this.#fetch(`${this.#url}${path}${search}`, { headers });
    } catch {
      throw new CandlehubError({ message: 'the server cannot be reached', retryable: true });
    }
    const body = await response.json().catch(() => undefined);
    if (!response.ok || body === undefined) {
      const { status } = response;
      throw new CandlehubError({ code: 'INTERNAL', message: `status ${status}`, ...body?.error, status });
    }
    return body;
  }

  /** Ends everything. */
  close() {
    [...this.#charts.values()].forEach((chart) => chart.close());
    this.#chain?.close();
    this.#link.close();
  }

  async #currentToken() {
    try {
      return typeof this.#token === 'function' ? await this.#token() : this.#token;
    } catch (error) {
      throw new CandlehubError({ message: `no token: ${error?.message ?? error}`, retryable: true });
    }
  }

  /** An answer with bars, or one that says that there are none. */
  async #seen(query) {
    const answer = await this.bars(query);
    if (answer.bars?.length > 0) {
      return answer;
    }
    const unseen = (answer.intervals ?? []).some(({ state }) => state === 'outage' || state === 'suspected');
    if (unseen || answer.health?.mode !== 'LIVE') {
      const message = answer.health?.reason || 'the server could not look them up';
      throw new CandlehubError({ message, retryable: true });
    }
    return answer;
  }

  #resume() {
    this.#quotes.resume();
    this.#charts.forEach((chart) => chart.focus());
    this.#chain?.focus();
    this.#watchlist.resume();
  }

  #take(event, body) {
    if (event === 'market:status' || event === 'market:alert') {
      this.#tell(event.slice(7), body);
    } else if (event === 'flow:update') {
      this.#tell('flow', body);
    } else if (event === 'watchlist:update') {
      this.#watchlist.take(body);
    } else if (event.startsWith('chain:')) {
      this.#chain?.take(event, body);
    } else if (event === 'live:error' && body.underlying !== undefined) {
      this.#chain?.refused(body);
    } else if (event.startsWith('live:')) {
      this.#quotes.take(event, body);
    } else if (event === 'chart:error' && body.chartId === undefined) {
      this.#link.judged(body.error);
    } else if (event.startsWith('chart:')) {
      this.#charts.get(body.chartId)?.take(event, body);
    }
  }

  #tell(event, body) {
    [...(this.#listeners.get(event) ?? [])].forEach((handler) => handler(body));
  }
}
