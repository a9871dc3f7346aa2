import { marketMillis } from './health.js';

const STOPPED_AFTER_MILLIS = 3000;

/**
 * Market time between two status reports. A simulated market runs at its own speed and may stand still (the end of a
 * replay); a real one is the wall clock.
 */
export class MarketClock {
  #rate = 1;
  #market;
  #wall;

  /** Takes a status received at `wallMillis`. */
  sync(status, wallMillis) {
    const market = marketMillis(status);
    if (market === undefined || !(status.simulated || (status.mode && status.mode !== 'live'))) {
      this.#market = undefined;
      this.#rate = 1;
      return;
    }
    const stood = this.#market === market && wallMillis - this.#wall > STOPPED_AFTER_MILLIS;
    if (this.#market !== market) {
      this.#wall = wallMillis;
    }
    this.#market = market;
    this.#rate = stood ? 0 : Number.isFinite(status.speed) ? status.speed : 1;
  }

  /** Market time at `wallMillis`. */
  now(wallMillis) {
    return this.#market === undefined ? wallMillis : this.#market + this.elapsed(wallMillis - this.#wall);
  }

  /** Market milliseconds in a span of wall milliseconds. */
  elapsed(wallMillis) {
    return Math.max(0, wallMillis) * this.#rate;
  }
}
