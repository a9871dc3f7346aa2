import { symbolWords } from './desk/contracts.js';
import { PREMIUM_DECIMALS, change, direction, duration, premium, price, volume } from './format.js';
import { barTime, clockTime } from './times.js';

function find(testId) {
  return document.querySelector(`[data-testid="${testId}"]`);
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const LEGEND = [
  ['revised', 'Revised', 'Bars corrected after they were final'],
  ['outage', 'Outage', 'Time for which bars are missing'],
  ['halted', 'Halt', 'Trading was halted'],
  ['suspected', 'Unconfirmed gap', 'A gap not yet confirmed as quiet or missing'],
];
const STATES = {
  live: 'live',
  final: '',
  revised: 'revised',
  outage: 'incomplete',
};

/** Writes texts and states into the page's fixed elements; holds no data of its own beyond what it last showed. */
export class Page {
  #last;
  #announced = '';

  /** Shows which symbol and timeframe are asked for. */
  showRoute({ symbol, timeframe, sessionMode }, daily) {
    setText(find('ticker-symbol'), symbolWords(symbol));
    for (const button of document.querySelectorAll('[data-timeframe]')) {
      button.setAttribute('aria-pressed', String(button.dataset.timeframe === timeframe));
    }
    for (const button of document.querySelectorAll('[data-session]')) {
      button.setAttribute('aria-pressed', String(button.dataset.session === sessionMode));
      button.disabled = daily;
    }
  }

  /** Shows the price ticker; `lastBar` stands in while the server has sent no last price. */
  showTicker(quote, lastBar, { error, online }) {
    const last = quote?.last ?? lastBar?.c;
    const isOption = quote?.symbol?.startsWith('O:') ?? false;
    const show = isOption ? premium : price;
    const element = find('ticker-last');
    setText(element, show(last));
    const way = direction(last, this.#last);
    if (way !== 'flat' && this.#last !== undefined) {
      element.classList.remove('up', 'down');
      // Reading the layout restarts the flash for two ticks in the same direction.
      void element.offsetWidth;
      element.classList.add(way);
    }
    this.#last = last;
    const moved = find('ticker-change');
    setText(moved, change(last, quote?.prevClose, isOption ? PREMIUM_DECIMALS : undefined));
    moved.dataset.direction = direction(last, quote?.prevClose);
    setText(find('ticker-bid'), show(quote?.bid));
    setText(find('ticker-ask'), show(quote?.ask));
    setText(find('ticker-bid-size'), quote?.bidSize > 0 ? volume(quote.bidSize) : '');
    setText(find('ticker-ask-size'), quote?.askSize > 0 ? volume(quote.askSize) : '');
    const ticker = find('ticker');
    const warnings = Array.isArray(quote?.quality?.warnings) ? quote.quality.warnings : [];
    ticker.classList.toggle('stale', !online || quote?.quality?.isStale === true);
    ticker.title = error || warnings.map(String).join(' · ');
  }

  /** Forgets the last price, so that another symbol's first price does not flash. */
  resetTicker() {
    this.#last = undefined;
    find('ticker-last').classList.remove('up', 'down');
  }

  /** Shows the health badge. */
  showHealth({ label, meaning, reason, age, delay }) {
    const badge = find('health-badge');
    badge.dataset.mode = label;
    setText(badge.querySelector('.badge-mode'), label);
    setText(badge.querySelector('.badge-age'), age);
    setText(badge.querySelector('.badge-delay'), delay && `delayed ${delay}`);
    setText(badge.querySelector('.badge-reason'), reason);
    const title = [meaning, reason, age && `Last update ${age} ago.`, delay && `Provider delay ${delay}.`];
    badge.title = title.filter(Boolean).join('\n');
  }

  /** Shows the banner's notices; hides it when there are none. */
  showNotices(notices) {
    const banner = find('session-banner');
    const wanted = notices.map(({ tone, text }) => `${tone}|${text}`).join('\n');
    if (banner.dataset.content === wanted) {
      return;
    }
    banner.dataset.content = wanted;
    banner.hidden = notices.length === 0;
    banner.replaceChildren(
      ...notices.map(({ tone, text }) => {
        const notice = document.createElement('span');
        notice.className = `notice notice-${tone}`;
        notice.textContent = text;
        return notice;
      }),
    );
  }

  /** Shows the bar under the crosshair, or the newest one. */
  showBar(bar, previous, key) {
    const readout = find('ohlc');
    readout.hidden = !bar;
    if (!bar) {
      return;
    }
    const parts = {
      title: `${key.symbol} · ${key.timeframe}${key.sessionMode === 'regular' ? ' · regular' : ''}`,
      time: barTime(bar.t, key.timeframe),
      o: price(bar.o),
      h: price(bar.h),
      l: price(bar.l),
      c: price(bar.c),
      v: volume(bar.v),
      change: change(bar.c, previous?.c),
      state: barState(bar),
    };
    for (const element of readout.querySelectorAll('[data-part]')) {
      setText(element, parts[element.dataset.part]);
    }
    readout.dataset.direction = direction(bar.c, bar.o);
    readout.querySelector('[data-part=change]').dataset.direction = direction(bar.c, previous?.c);
    readout.querySelector('[data-part=state]').dataset.state = bar.state;
  }

  /** A bar in words, for a listener. */
  describeBar(bar, key) {
    const values = `open ${price(bar.o)}, high ${price(bar.h)}, low ${price(bar.l)}, close ${price(bar.c)}`;
    const state = barState(bar);
    return `${barTime(bar.t, key.timeframe)}: ${values}, volume ${volume(bar.v)}${state && `, ${state}`}`;
  }

  /** Shows the legend of the marks that occur. */
  showLegend(counts) {
    const legend = find('legend');
    const content = LEGEND.map(([mark]) => counts[mark]).join();
    if (legend.dataset.content === content) {
      return;
    }
    legend.dataset.content = content;
    legend.replaceChildren(
      ...LEGEND.filter(([mark]) => counts[mark] > 0).map(([mark, text, title]) => {
        const item = document.createElement('li');
        item.dataset.mark = mark;
        item.title = title;
        item.textContent = `${text} ${counts[mark]}`;
        return item;
      }),
    );
  }

  /** Shows that another stream is awaited: over an empty chart in the middle, else as a line above the chart. */
  showLoading(key, empty) {
    find('chart-frame').classList.toggle('loading', Boolean(key));
    find('chart-frame').setAttribute('aria-busy', String(Boolean(key)));
    if (key) {
      this.showMessage(empty ? `Loading ${key.symbol} ${key.timeframe}…` : '');
    }
  }

  /** Shows a message in the middle of the chart, with an optional button; empty text removes it. */
  showMessage(text, action) {
    const box = find('chart-message');
    box.hidden = !text;
    setText(box.querySelector('p'), text);
    const button = box.querySelector('button');
    button.hidden = !action;
    button.textContent = action?.text ?? '';
    button.onclick = action?.run ?? null;
  }

  /** Shows a short message above the chart that does not cover it; empty text removes it. */
  showToast(text) {
    const toast = find('toast');
    toast.hidden = !text;
    setText(toast.querySelector('span'), text);
  }

  /** Shows what there is to say about bars before the oldest one; empty text removes it. */
  showOlder(text) {
    const note = find('older');
    note.hidden = !text;
    setText(note, text);
  }

  /** Shows the newest alert in the foot, in room that is kept for it, and all of them in the list. */
  showAlerts(log) {
    const line = find('alerts-open');
    const count = log.list().length;
    line.classList.toggle('none', count === 0);
    line.disabled = count === 0;
    setText(line, count > 1 ? `${log.line()} (${count - 1} more)` : log.line());
    find('alert-list').replaceChildren(
      ...log.list().map(({ kind, subject, message, time }) => {
        const item = document.createElement('li');
        for (const [name, text] of Object.entries({ time, kind, subject, message })) {
          const part = document.createElement('span');
          part.className = `alert-${name}`;
          part.textContent = text;
          item.append(part);
        }
        return item;
      }),
    );
  }

  /** Lets the newest alert stand out, or not. */
  markAlerts(fresh) {
    find('alerts-open').classList.toggle('fresh', fresh);
  }

  /** Opens or closes the list of alerts. */
  toggleAlerts(open = find('alerts').hidden) {
    find('alerts').hidden = !open;
    find('alerts-open').setAttribute('aria-expanded', String(open));
  }

  /** Shows the exchange clock. */
  showClock(epochMillis, isMarketTime) {
    setText(find('clock'), `${clockTime(epochMillis)} New York${isMarketTime ? ' (market time)' : ''}`);
  }

  /** Shows how the connection is. */
  showConnection({ state }) {
    const element = find('connection');
    element.dataset.state = state;
    setText(element, { online: 'Connected', connecting: 'Connecting…', reconnecting: 'Reconnecting…' }[state]);
  }

  /** Says something once to assistive technology. */
  announce(text) {
    if (text !== this.#announced) {
      this.#announced = text;
      setText(find('announcer'), text);
    }
  }
}

function barState(bar) {
  const words = [STATES[bar.state] ?? bar.state];
  if (bar.state === 'revised' && bar.revision > 1) {
    words[0] = `revised ${bar.revision}×`;
  }
  if (Number.isFinite(bar.coverage) && bar.coverage < 1) {
    words.push(`${Math.floor(bar.coverage * 100)}% covered`);
  }
  return words.filter(Boolean).join(', ');
}

/** Words for a failure, for people. */
export function failureText(error, key) {
  if (error.code === 'UNKNOWN_INSTRUMENT' || error.code === 'CONTRACT_NOT_FOUND') {
    return `${key.symbol} is not a known symbol.`;
  }
  const message = error.message || error.code || 'The server refused the request';
  const when = error.retryAfterMs > 0 ? ` in ${duration(error.retryAfterMs)}` : '';
  const again = error.retryable ? ` Trying again${when}…` : '';
  return `${key.symbol} ${key.timeframe}: ${message.replace(/\.?$/, '.')}${again}`;
}
