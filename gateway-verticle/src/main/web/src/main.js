import { AlertLog } from './alerts.js';
import { ChartView } from './chart.js';
import { symbolWords } from './desk/contracts.js';
import { Desk } from './desk/desk.js';
import { expose } from './diagnosis.js';
import { describeHealth, describeSession, marketMillis } from './health.js';
import { startChartKeys, startKeys } from './keys.js';
import { MarketClock } from './market-clock.js';
import { OlderBars } from './older.js';
import { Page, failureText } from './page.js';
import { DEFAULT_ROUTE, formatRoute, parseRoute } from './route.js';
import { sameKey, streamKey } from './sdk/bars.js';
import { Candlehub } from './sdk/client.js';
import { SymbolSearch } from './search.js';
import { Stage } from './stage.js';
import { readPalette, remember, remembered, startTheme, toggleTheme } from './theme.js';
import { TIMEFRAMES, isDaily } from './times.js';

const SESSION_KEY = 'candlehub.session';
const STATUS_MILLIS = 15_000;
const TOAST_MILLIS = 10_000;

/** The page at work: takes what the feed delivers and what the user asks, and shows it once per frame. */
class App {
  #page = new Page();
  #hub = new Candlehub();
  #stage = new Stage(this.#hub, this.#listener());
  #clock = new MarketClock();
  #alerts = new AlertLog();
  #chart;
  #search;
  #older;
  #desk;
  #symbol;
  #sessionMode = remembered(SESSION_KEY) === 'regular' ? 'regular' : 'extended';
  #connection = { state: 'connecting' };
  #status;
  #today;
  #quote;
  #quoteError = '';
  #refused;
  #heardAt = Date.now();
  #pending = { fresh: false, rebuild: false, bars: new Map() };
  #frame;
  #shownKey;
  #saidHealth;
  #toastTimer;
  #retrying = false;

  start() {
    startTheme(() => this.#repaint());
    this.#older = new OlderBars(
      this.#stage,
      {
        said: (text) => this.#page.showOlder(text),
        loaded: () => {
          this.#pending.rebuild = true;
          this.#schedule();
        },
      },
      { setTimeout: (run, millis) => setTimeout(run, millis), clearTimeout: (timer) => clearTimeout(timer) },
    );
    const chartElement = document.querySelector('[data-testid=chart]');
    this.#chart = new ChartView(chartElement, readPalette(), {
      inspect: (bar, previous) => this.#stage.key && this.#page.showBar(bar, previous, this.#stage.key),
      latest: (inView) => (document.querySelector('[data-testid=latest]').hidden = inView),
      oldest: (isNear, isInView) => this.#older.look(isNear, isInView),
    });
    this.#search = new SymbolSearch(
      document.querySelector('[data-testid=symbol-input]'),
      document.querySelector('[data-testid=search-results]'),
      (query) => this.#hub.symbols({ query }),
      (symbol) => this.#go({ symbol }),
    );
    this.#desk = new Desk(this.#hub, (symbol) => this.#go({ symbol }));
    this.#hub.on('connection', (connection) => this.#onConnection(connection));
    this.#hub.on('status', (status) => this.#onStatus(status));
    this.#hub.on('alert', (alert) => this.#onAlert(alert));
    this.#bind(chartElement);
    expose(this.#hub, this.#stage, () => this.#symbol);
    this.#followRoute();
    this.#readStatus();
    setInterval(() => this.#tick(), 1000);
    setInterval(() => this.#readStatus(), STATUS_MILLIS);
  }

  #listener() {
    return {
      snapshot: () => this.#onSnapshot(),
      update: ({ changed, reshaped }) => {
        this.#heardAt = Date.now();
        changed.forEach((bar) => this.#pending.bars.set(bar.t, bar));
        this.#pending.rebuild ||= reshaped;
        this.#schedule();
      },
      quote: (quote) => {
        this.#quote = { prevClose: this.#quote?.prevClose, ...quote };
        this.#quoteError = '';
        this.#desk.quote(quote);
        this.#schedule();
      },
      trades: (trades) => this.#desk.trades(trades),
      quoteError: (error) => {
        this.#quoteError = `No live quotes: ${error.message ?? error.code ?? 'refused'}`;
        this.#schedule();
      },
      refused: (error, key, willRetry) => this.#onRefused(error, key, willRetry),
    };
  }

  #bind(chartElement) {
    window.addEventListener('hashchange', () => this.#followRoute());
    for (const button of document.querySelectorAll('[data-timeframe]')) {
      button.addEventListener('click', () => this.#go({ timeframe: button.dataset.timeframe }));
    }
    for (const button of document.querySelectorAll('[data-session]')) {
      button.addEventListener('click', () => this.#setSession(button.dataset.session));
    }
    const help = document.querySelector('[data-testid=help]');
    const toggle = () => {
      toggleTheme();
      this.#repaint();
    };
    const on = (testId, run) => document.querySelector(`[data-testid=${testId}]`).addEventListener('click', run);
    on('theme-toggle', toggle);
    on('help-open', () => help.showModal());
    on('help-close', () => help.close());
    on('latest', () => this.#chart.latest());
    on('toast-close', () => this.#toast(''));
    on('alerts-open', () => this.#page.toggleAlerts());
    on('alerts-close', () => this.#page.toggleAlerts(false));
    const keys = {
      '/': () => document.querySelector('[data-testid=symbol-input]').focus(),
      '?': () => help.showModal(),
      s: () => !isDaily(this.#route().timeframe) && this.#setSession(this.#otherSession()),
      t: toggle,
      c: () => this.#desk.toggle('chain'),
      q: () => this.#desk.toggle('quote'),
      p: () => this.#desk.toggle('tape'),
      w: () => this.#desk.toggle('watch'),
      End: () => this.#chart.latest(),
      Escape: () => this.#page.toggleAlerts(false),
    };
    [...TIMEFRAMES.keys()].forEach((timeframe, index) => (keys[index + 1] = () => this.#go({ timeframe })));
    startKeys(keys);
    startChartKeys(chartElement, this.#chart, (bar) => {
      if (bar) {
        this.#page.announce(this.#page.describeBar(bar, this.#stage.key));
      }
    });
  }

  #route() {
    return parseRoute(window.location.hash);
  }

  #otherSession() {
    return this.#sessionMode === 'regular' ? 'extended' : 'regular';
  }

  #go(part) {
    const hash = formatRoute({ ...this.#route(), ...part });
    if (hash === window.location.hash) {
      this.#followRoute();
    } else {
      window.location.hash = hash;
    }
  }

  #setSession(mode) {
    this.#sessionMode = mode;
    remember(SESSION_KEY, mode);
    this.#followRoute();
  }

  #followRoute() {
    const { symbol, timeframe } = this.#route();
    const key = streamKey(symbol, timeframe, this.#sessionMode);
    this.#page.showRoute({ symbol, timeframe, sessionMode: key.sessionMode }, isDaily(timeframe));
    this.#search.show(symbol);
    if (this.#symbol !== symbol) {
      this.#symbol = symbol;
      this.#quote = undefined;
      this.#quoteError = '';
      this.#page.resetTicker();
    }
    if (this.#refused) {
      this.#refused = undefined;
      this.#page.showMessage('');
      this.#stage.retry();
    }
    this.#desk.show(symbol);
    this.#stage.select(key);
    this.#showLoading();
    this.#schedule();
  }

  #showLoading() {
    const awaited = this.#stage.loading() && !this.#refused ? this.#stage.wanted : undefined;
    this.#page.showLoading(awaited, this.#stage.key === undefined);
  }

  #onConnection(connection) {
    const before = this.#connection.state;
    this.#connection = connection;
    this.#page.showConnection(connection);
    this.#desk.connection(connection.state === 'online');
    if (connection.state === 'online') {
      this.#readStatus();
    }
    if (connection.state !== before) {
      const words = { online: 'Connected', connecting: 'Connecting', reconnecting: 'Reconnecting' };
      this.#page.announce(words[connection.state]);
    }
    this.#schedule();
  }

  #onSnapshot() {
    this.#heardAt = Date.now();
    this.#desk.start();
    const key = this.#stage.key;
    const fresh = !sameKey(this.#shownKey, key);
    this.#older.reset();
    this.#pending.fresh ||= fresh;
    this.#pending.rebuild = true;
    this.#refused = undefined;
    this.#page.showLoading(undefined);
    if (this.#retrying) {
      this.#toast('');
    }
    this.#page.showMessage(this.#stage.bars.length > 0 ? '' : `No bars for ${key.symbol} ${key.timeframe} yet.`);
    if (fresh) {
      this.#page.announce(`${key.symbol} ${key.timeframe} loaded, ${this.#stage.bars.length} bars`);
    }
    this.#schedule();
  }

  #onRefused(error, key, willRetry) {
    const text = failureText(error, key);
    this.#page.announce(text);
    const shown = this.#stage.key;
    if (shown) {
      const still = this.#stage.loading() ? ` Still showing ${shown.symbol} ${shown.timeframe}.` : '';
      this.#toast(text + still, willRetry);
      if (this.#stage.loading() && !willRetry) {
        window.history.replaceState(null, '', formatRoute(shown));
        this.#sessionMode = isDaily(shown.timeframe) ? this.#sessionMode : shown.sessionMode;
        this.#followRoute();
      }
      return;
    }
    if (willRetry) {
      this.#page.showMessage(text);
      return;
    }
    this.#refused = key;
    this.#desk.start();
    this.#showLoading();
    this.#page.showMessage(text, {
      text: `Show ${DEFAULT_ROUTE.symbol}`,
      run: () => this.#go(DEFAULT_ROUTE),
    });
  }

  /** Shows a message above the chart: until the retry succeeds, else for a while. */
  #toast(text, retrying = false) {
    clearTimeout(this.#toastTimer);
    this.#retrying = retrying;
    this.#page.showToast(text);
    if (text && !retrying) {
      this.#toastTimer = setTimeout(() => this.#toast(''), TOAST_MILLIS);
    }
  }

  async #readStatus() {
    try {
      this.#onStatus(await this.#hub.status());
    } catch {
      // The connection state tells when the server cannot be reached.
    }
  }

  #onStatus(status) {
    if (status && typeof status === 'object') {
      this.#status = status;
      this.#clock.sync(status, Date.now());
      this.#onToday(status.session);
      this.#desk.status(status);
      this.#schedule();
    }
  }

  #onToday(session) {
    if (session?.close !== this.#today) {
      this.#today = session?.close;
      this.#chart.today(session);
      this.#pending.rebuild ||= session?.earlyClose === true && this.#stage.key !== undefined;
    }
  }

  #onAlert(alert) {
    if (this.#alerts.add(alert, Date.now())) {
      this.#page.showAlerts(this.#alerts);
      this.#page.markAlerts(true);
      this.#page.announce(`Alert: ${this.#alerts.line()}`);
    }
  }

  #repaint() {
    this.#chart.paint(readPalette());
  }

  #tick() {
    const now = Date.now();
    const isMarketTime = marketMillis(this.#status) !== undefined && this.#status.mode !== 'live';
    this.#page.showClock(this.#clock.now(now), isMarketTime);
    this.#showHealth();
    this.#page.markAlerts(this.#alerts.isFresh(now));
    this.#older.check();
  }

  #schedule() {
    // A hidden page draws nothing: what changed is kept by bar and drawn when it is seen again.
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw() {
    const { fresh, rebuild, bars } = this.#pending;
    this.#pending = { fresh: false, rebuild: false, bars: new Map() };
    if (this.#stage.key) {
      if (rebuild) {
        this.#shownKey = this.#stage.key;
        this.#chart.render(this.#stage, fresh);
      } else if (bars.size > 0) {
        this.#chart.update(this.#stage, [...bars.values()].sort((a, b) => a.t - b.t), false);
      }
      if (this.#stage.bars.length > 0 && bars.size > 0) {
        this.#page.showMessage('');
      }
      this.#page.showLegend(this.#chart.counts());
    }
    this.#showTicker();
    this.#showHealth();
    this.#showNotices();
  }

  #showTicker() {
    const { wanted, key, bars, detail } = this.#stage;
    const shown = detail.barsOf ?? key?.symbol;
    const isOwn = wanted?.symbol === key?.symbol && this.#symbol === shown;
    const lastBar = isOwn ? bars[bars.length - 1] : undefined;
    this.#page.showTicker(this.#quote, lastBar, {
      error: this.#quoteError,
      online: this.#connection.state === 'online',
    });
    const last = document.querySelector('[data-testid=ticker-last]').textContent;
    document.title = `${symbolWords(this.#symbol)} ${last} · Candlehub`;
  }

  #showHealth() {
    const since = this.#clock.elapsed(Date.now() - this.#heardAt);
    const online = this.#connection.state === 'online';
    const view = describeHealth(this.#stage.detail.health, since, online);
    this.#page.showHealth(view);
    if (online && view.label !== this.#saidHealth) {
      this.#saidHealth = view.label;
      this.#page.announce(`Data ${view.label.toLowerCase()}. ${view.meaning} ${view.reason}`);
    }
  }

  #showNotices() {
    const { health, session, resultGranularity } = this.#stage.detail;
    const view = { health, session, resultGranularity, key: this.#stage.key };
    this.#page.showNotices(describeSession({ ...view, connection: this.#connection, status: this.#status }));
  }
}

new App().start();
