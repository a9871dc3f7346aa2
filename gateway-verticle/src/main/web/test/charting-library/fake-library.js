/** Bars a chart wants to begin with, and how many more at a time when somebody scrolls back. */
const FIRST = 300;
const MORE = 500;
/** Questions for history without a new bar in the answers after which the library counts as caught in a loop. */
const MOST_IN_VAIN = 20;

/**
 * What TradingView's charting library does with a data feed, with its rules enforced: an answer that is not ascending,
 * or reaches past what was asked for, and a tick before the newest bar ("time violation") are thrown and kept in
 * `errors`. Like the original it keeps what it has loaded: `resetData` without the feed's word that the cache is stale
 * shows the same bars again.
 */
export class FakeLibrary {
  bars = [];
  errors = [];
  counts = { getBars: 0, ticks: 0, resets: 0 };
  isWhole = false;
  #feed;
  #resolution;
  #info;
  #run = 0;
  #subscription;
  #nextUid = 1;
  #isStale = false;
  #inVain = 0;
  #now;

  /**
   * @param feed the data feed
   * @param symbol what to show
   * @param resolution in the library's words
   * @param now milliseconds; the range asked for first ends there
   */
  constructor(feed, symbol, resolution, now = Date.now) {
    this.#feed = feed;
    this.#resolution = resolution;
    this.#now = now;
    this.ready = this.#start(symbol);
    this.ready.catch((error) => this.errors.push(error.message));
  }

  async #start(symbol) {
    const configuration = await this.#later('onReady', (done) => this.#feed.onReady(done));
    this.#require(configuration.supported_resolutions.includes(this.#resolution), 'resolution is not supported');
    this.#info = await this.#later('resolveSymbol', (done, failed) => this.#feed.resolveSymbol(symbol, done, failed));
    for (const name of ['ticker', 'name', 'session', 'timezone', 'minmov', 'pricescale']) {
      this.#require(this.#info[name], `symbol has no ${name}`);
    }
    await this.#load();
  }

  /** Loads again, as `chart().resetData()` does. */
  resetData() {
    this.counts.resets++;
    if (this.#isStale) {
      this.#isStale = false;
      this.#load();
    }
  }

  /** Asks for bars before the oldest one; answers whether there were any. */
  async scrollBack(count = MORE) {
    const run = this.#run;
    const to = this.bars[0]?.time ?? this.#now();
    const older = await this.#ask({ to: to / 1000, countBack: count, firstDataRequest: false });
    if (run !== this.#run || !older) {
      return false;
    }
    this.isWhole = older.length === 0;
    this.bars = [...older, ...this.bars];
    return older.length > 0;
  }

  async #load() {
    const run = ++this.#run;
    const bars = await this.#ask({ to: this.#now() / 1000, countBack: FIRST, firstDataRequest: true });
    if (run !== this.#run || !bars) {
      return;
    }
    const former = this.#subscription;
    this.bars = bars;
    this.isWhole = bars.length === 0;
    this.#subscribe();
    if (former) {
      this.#feed.unsubscribeBars(former.uid);
    }
  }

  #subscribe() {
    const subscription = { uid: `uid-${this.#nextUid++}`, last: this.bars[this.bars.length - 1]?.time ?? -Infinity };
    this.#subscription = subscription;
    const tick = (bar) => this.#tick(bar, subscription);
    this.#feed.subscribeBars(this.#info, this.#resolution, tick, subscription.uid, () => (this.#isStale = true));
  }

  #tick(bar, subscription) {
    this.counts.ticks++;
    this.#require(bar.time >= subscription.last, `time violation: ${bar.time} after ${subscription.last}`);
    this.#check([bar]);
    subscription.last = bar.time;
    if (subscription === this.#subscription) {
      const last = this.bars[this.bars.length - 1];
      this.bars = [...(last?.time === bar.time ? this.bars.slice(0, -1) : this.bars), bar];
    }
  }

  /** Bars, or undefined when the feed said that it failed. */
  #ask({ to, countBack, firstDataRequest }) {
    this.counts.getBars++;
    const from = Math.floor(to - countBack * 60);
    return new Promise((resolve) => {
      const taken = (bars, { noData } = {}) => {
        this.#inVain = bars.length > 0 || noData ? 0 : this.#inVain + 1;
        this.#require(this.#inVain < MOST_IN_VAIN, 'getBars is called in a loop');
        this.#require(bars.length > 0 || noData, 'neither bars nor noData');
        this.#check(bars);
        const last = bars[bars.length - 1];
        this.#require(firstDataRequest || !last || last.time < to * 1000, 'bars at or after the end asked for');
        resolve(bars);
      };
      const failed = (reason) => {
        this.#require(typeof reason === 'string', 'a failure needs a reason');
        resolve(undefined);
      };
      const period = { from, to: Math.ceil(to), countBack, firstDataRequest };
      this.#feed.getBars(this.#info, this.#resolution, period, taken, failed);
    });
  }

  #check(bars) {
    bars.forEach(({ time, open, high, low, close }, i) => {
      this.#require(i === 0 || time > bars[i - 1].time, 'bars are not ascending');
      this.#require([time, open, high, low, close].every(Number.isFinite), 'a bar lacks a value');
    });
  }

  /** What the library demands to be answered later, not within the call. */
  #later(what, call) {
    return new Promise((resolve, reject) => {
      let isWithin = true;
      const later = (end) => (value) => {
        this.#require(!isWithin, `${what} was answered within the call`);
        end(value);
      };
      call(later(resolve), later((reason) => reject(new Error(reason))));
      isWithin = false;
    });
  }

  #require(condition, message) {
    if (!condition) {
      this.errors.push(message);
      throw new Error(message);
    }
  }
}
