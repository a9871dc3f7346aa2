import { clockTime } from './times.js';

/** Most alerts kept; older ones are history for the server's log. */
const MOST = 20;
/** How long a new alert stands out. */
const FRESH_MILLIS = 60_000;

/** Short words for what happened, by the server's names. */
const KINDS = {
  'gap-not-filled': 'Gap',
  'parity-difference': 'Correction',
  'violation-burst': 'Bad data',
  'mute-feed': 'Silent feed',
  throttled: 'Throttled',
};

/** The latest alerts of the server, newest first. */
export class AlertLog {
  #entries = [];

  /**
   * Takes an alert received at `wallMillis`; answers whether it says something.
   *
   * @param alert `{kind, subject, message, from, to, t}`, `t` market milliseconds
   */
  add(alert, wallMillis) {
    if (typeof alert?.message !== 'string' || alert.message === '') {
      return false;
    }
    this.#entries = [{ ...describe(alert), wallMillis }, ...this.#entries].slice(0, MOST);
    return true;
  }

  /** The alerts in words, newest first: `{kind, subject, message, time}`. */
  list() {
    return this.#entries;
  }

  /** The newest alert in one line, or an empty text. */
  line() {
    const [newest] = this.#entries;
    if (!newest) {
      return '';
    }
    const { time, kind, subject, message } = newest;
    return [time, kind, subject, message].filter(Boolean).join(' · ');
  }

  /** True while the newest alert is new. */
  isFresh(wallMillis) {
    return this.#entries.length > 0 && wallMillis - this.#entries[0].wallMillis < FRESH_MILLIS;
  }
}

function describe({ kind, subject, message, t }) {
  return {
    kind: KINDS[kind] ?? String(kind ?? 'Alert').replace(/-+/g, ' '),
    subject: subject ?? '',
    message,
    time: Number.isFinite(t) ? clockTime(t) : '',
  };
}
