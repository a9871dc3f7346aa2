import { remember, remembered } from '../theme.js';
import { find, setAttribute } from './dom.js';

const NARROW = '(max-width: 900px)';
const KEY = { wide: 'candlehub.panels', narrow: 'candlehub.panel' };

/** Which panels are open. A narrow page has room for one below the chart, and at first for none. */
export class Docks {
  #panels;
  #narrow = window.matchMedia(NARROW);
  #open = new Set();
  #isStarted = false;

  /** @param panels from name to what has `open(isOpen)` */
  constructor(panels) {
    this.#panels = panels;
    for (const button of document.querySelectorAll('[data-panel]')) {
      button.addEventListener('click', () => this.toggle(button.dataset.panel));
    }
    this.#narrow.addEventListener('change', () => this.#restore());
    this.#restore();
  }

  /** Lets open panels ask for their data. */
  start() {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#apply();
    }
  }

  toggle(name) {
    const isOpen = this.#open.has(name);
    if (this.#narrow.matches) {
      this.#open.clear();
    }
    this.#open[isOpen ? 'delete' : 'add'](name);
    remember(this.#key(), [...this.#open].join(' '));
    this.#apply();
  }

  #key() {
    return this.#narrow.matches ? KEY.narrow : KEY.wide;
  }

  #restore() {
    const kept = remembered(this.#key())?.split(' ');
    const names = Object.keys(this.#panels);
    this.#open = new Set((kept ?? (this.#narrow.matches ? [] : names)).filter((name) => names.includes(name)));
    this.#apply();
  }

  #apply() {
    for (const [name, panel] of Object.entries(this.#panels)) {
      const isOpen = this.#open.has(name);
      find(`${name}-panel`).hidden = !isOpen;
      setAttribute(document.querySelector(`[data-panel=${name}]`), 'aria-pressed', isOpen);
      if (this.#isStarted) {
        panel.open(isOpen);
      }
    }
    find('beside').hidden = ['quote', 'tape', 'watch'].every((name) => !this.#open.has(name));
  }
}
