import { isDaily, streamKey } from '../bars.js';
import { LibraryFeed } from './library-feed.js';
import { attach } from './lightweight.js';
import { quoteValues } from './quote-values.js';
import { RESOLUTIONS, libraryTime, symbolInfo, symbolOf, timeframeOf } from './symbols.js';

/** Streams kept open though the library follows them no more: it asks for history before it subscribes. */
const MOST_IDLE = 2;
const MOST_FOUND = 30;
const MARKED = { revised: ['R', '#f0a020'], outage: ['O', '#d04040'], halted: ['H', '#8060c0'] };

/**
 * A data feed for TradingView's charting libraries on a {@link Candlehub}: streams instead of polling.
 *
 * Revisions of bars before the newest one cannot be told as ticks; the library is made to load again, from bars held
 * here. It does so when `onReset` calls `resetData()` of its charts.
 */
export class CandlehubDatafeed {
  #hub;
  #context;
  #sessionMode;
  #resolutions = RESOLUTIONS;
  #feeds = new Map();
  #subscribers = new Map();
  #quotes = new Map();

  /**
   * @param hub the {@link Candlehub}
   * @param options `{sessionMode, onReset(key), resetMillis, timers, now}`: session of symbols that have several, by
   *     default `extended`; what makes the widget's charts load again; the least pause between two of that, 10 s
   */
  constructor(hub, { sessionMode = 'extended', onReset = () => {}, resetMillis = 10_000, timers, now } = {}) {
    this.#hub = hub;
    this.#sessionMode = sessionMode;
    /** Counts: questions of the library, requests by REST they caused, ticks and resets given. */
    this.stats = { getBars: 0, requests: 0, ticks: 0, resets: 0 };
    this.#context = {
      timers: timers ?? { setTimeout: (run, millis) => setTimeout(run, millis), clearTimeout: (it) => clearTimeout(it) },
      now: now ?? (() => performance.now()),
      resetMillis,
      stats: this.stats,
      onReset,
      // The server gives no more streams: those that nobody follows make room.
      onFull: () => this.#closeIdle(0),
    };
  }

  /** Shows a stream in a series of lightweight-charts; see {@link attach}. */
  attach(series, options) {
    return attach(this.#hub, series, { sessionMode: this.#sessionMode, ...options });
  }

  async onReady(callback) {
    const served = await this.#served('/udf/config');
    this.#resolutions = served?.supported_resolutions ?? RESOLUTIONS;
    callback({
      exchanges: served?.exchanges ?? [],
      symbols_types: served?.symbols_types ?? [],
      supported_resolutions: this.#resolutions,
      supports_marks: true,
      supports_timescale_marks: served?.supports_timescale_marks === true,
      supports_time: true,
    });
  }

  async searchSymbols(userInput, exchange, symbolType, onResult) {
    const query = userInput.trim();
    const served = await this.#served('/udf/search', { query, exchange, type: symbolType, limit: MOST_FOUND });
    if (Array.isArray(served)) {
      onResult(served);
      return;
    }
    const found = await this.#hub.symbols({ query, limit: MOST_FOUND }).catch(() => []);
    const fits = (it) => (!exchange || it.exchange === exchange) && (!symbolType || it.type === symbolType);
    onResult(
      found.filter(fits).map(({ symbol, name, exchange: place, type }) => ({
        symbol,
        ticker: symbol,
        full_name: symbol,
        description: name ?? symbol,
        exchange: place ?? '',
        type: type ?? '',
      })),
    );
  }

  async resolveSymbol(name, onResolve, onError, extension) {
    const symbol = symbolOf(name);
    const isRegular = extension?.session ? extension.session === 'regular' : this.#sessionMode === 'regular';
    try {
      const served = await this.#served('/udf/symbols', { symbol });
      const found = served ? [] : await this.#hub.symbols({ query: symbol, limit: MOST_FOUND });
      const known = found.find((it) => it.symbol === symbol);
      if (!served && !known && !/^[OF]:./.test(symbol)) {
        onError('unknown_symbol');
        return;
      }
      onResolve(symbolInfo(symbol, known, served, isRegular ? 'regular' : 'extended', this.#resolutions));
    } catch (error) {
      onError(error.message);
    }
  }

  async getBars(info, resolution, period, onResult, onError) {
    this.stats.getBars++;
    let bars;
    try {
      bars = await this.#feed(info, resolution).history(period);
    } catch (error) {
      onError(error.message);
      return;
    }
    onResult(bars, { noData: bars.length === 0 });
  }

  subscribeBars(info, resolution, onTick, uid, onResetCacheNeeded) {
    const feed = this.#feed(info, resolution);
    this.#subscribers.set(uid, feed);
    feed.follow(uid, { tick: onTick, reset: () => onResetCacheNeeded?.() });
  }

  unsubscribeBars(uid) {
    this.#subscribers.get(uid)?.leave(uid);
    this.#subscribers.delete(uid);
    this.#closeIdle(MOST_IDLE);
  }

  async getServerTime(callback) {
    const status = await this.#hub.status().catch(() => undefined);
    const millis = status?.marketMillis ?? Date.parse(status?.marketTime);
    if (Number.isFinite(millis)) {
      callback(Math.floor(millis / 1000));
    }
  }

  /** Marks revised bars, and the first bar after an outage or a halt; of the bars that the library has. */
  async getMarks(info, from, to, onData, resolution) {
    const timeframe = timeframeOf(resolution);
    const { bars, intervals } = this.#feed(info, resolution).held;
    const marks = bars.filter(({ state }) => state === 'revised').map((bar) => [bar, 'revised', 'Revised']);
    for (const interval of isDaily(timeframe) ? [] : intervals) {
      const next = interval.state in MARKED && bars.find(({ t }) => t >= interval.to);
      if (next) {
        marks.push([next, interval.state, interval.state === 'halted' ? 'Trading was halted before' : 'Outage before']);
      }
    }
    const placed = marks.map(([bar, kind, text]) => {
      const time = libraryTime(bar.t, timeframe) / 1000;
      const [label, color] = MARKED[kind];
      return { id: `${kind}-${bar.t}`, time, color, text, label, labelFontColor: '#ffffff', minSize: 14 };
    });
    onData(placed.filter(({ time }) => time >= from && time <= to));
  }

  async getTimescaleMarks(info, from, to, onData, resolution) {
    const marks = await this.#served('/udf/timescale_marks', { symbol: info.ticker, from, to, resolution });
    onData(Array.isArray(marks) ? marks : []);
  }

  /** One quote of each symbol; symbols without one within two seconds are said to have none. */
  getQuotes(symbols, onData) {
    const found = new Map();
    let timer;
    let following;
    const end = () => {
      if (timer !== undefined) {
        this.#context.timers.clearTimeout(timer);
        timer = undefined;
        following?.close();
        onData(symbols.map((name) => found.get(symbolOf(name))?.(name) ?? { s: 'error', n: name, v: {} }));
      }
    };
    const take = (symbol, make) => {
      found.set(symbol, make);
      if (symbols.every((name) => found.has(symbolOf(name)))) {
        end();
      }
    };
    timer = this.#context.timers.setTimeout(end, 2000);
    following = this.#hub.quotes(symbols.map(symbolOf), {
      quote: (quote) => take(quote.symbol, (name) => quoteValues(name, quote)),
      error: (error, symbol) => take(symbol, (name) => ({ s: 'error', n: name, v: {} })),
    });
    if (timer === undefined) {
      following.close();
    }
  }

  subscribeQuotes(symbols, fastSymbols, onRealtime, uid) {
    this.unsubscribeQuotes(uid);
    const names = [...new Set([...symbols, ...fastSymbols])];
    const following = this.#hub.quotes(names.map(symbolOf), {
      quote: (quote) =>
        onRealtime(names.filter((name) => symbolOf(name) === quote.symbol).map((name) => quoteValues(name, quote))),
    });
    this.#quotes.set(uid, following);
  }

  unsubscribeQuotes(uid) {
    this.#quotes.get(uid)?.close();
    this.#quotes.delete(uid);
  }

  /** Ends all streams of this feed; the hub stays connected. */
  close() {
    [...this.#quotes.keys()].forEach((uid) => this.unsubscribeQuotes(uid));
    this.#feeds.forEach((feed) => feed.close());
    this.#feeds.clear();
    this.#subscribers.clear();
  }

  #feed(info, resolution) {
    const sessionMode = info.subsession_id === 'regular' ? 'regular' : 'extended';
    const key = streamKey(info.ticker ?? symbolOf(info.name), timeframeOf(resolution), sessionMode);
    const name = Object.values(key).join('/');
    const known = this.#feeds.get(name);
    const isRefused = known?.isRefused === true;
    if (isRefused) {
      known.close();
    }
    const feed = known && !isRefused ? known : new LibraryFeed(this.#hub, key, this.#context);
    // Last used last, so that those idle longest are closed first.
    this.#feeds.delete(name);
    this.#feeds.set(name, feed);
    this.#closeIdle(MOST_IDLE + 1);
    return feed;
  }

  #closeIdle(most) {
    const idle = [...this.#feeds].filter(([, feed]) => !feed.isFollowed);
    for (const [name, feed] of idle.slice(0, Math.max(0, idle.length - most))) {
      this.#feeds.delete(name);
      feed.close();
    }
  }

  /** What the server's UDF says, or undefined where it has none to say. */
  async #served(path, query) {
    const answer = await this.#hub.get(path, query).catch(() => undefined);
    return answer?.s === 'error' ? undefined : answer;
  }
}
