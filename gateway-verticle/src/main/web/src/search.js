import { parseSymbol } from './route.js';

const DEBOUNCE_MILLIS = 120;
const MOST_ROWS = 12;

/**
 * Symbol box: an ARIA combobox with a list. Arrows move, Enter takes the marked row or the typed symbol, Esc closes
 * and restores.
 */
export class SymbolSearch {
  #input;
  #list;
  #onPick;
  #rows = [];
  #marked = -1;
  #symbol = '';
  #timer;
  #find;
  #run = 0;

  /**
   * @param find `(query) => Promise<[{symbol, name, type}]>`
   * @param onPick called with the chosen symbol
   */
  constructor(input, list, find, onPick) {
    this.#input = input;
    this.#list = list;
    this.#find = find;
    this.#onPick = onPick;
    input.addEventListener('input', () => this.#ask());
    input.addEventListener('keydown', (event) => this.#onKey(event));
    input.addEventListener('focus', () => input.select());
    input.addEventListener('blur', () => this.#close(true));
    list.addEventListener('pointerdown', (event) => {
      const row = event.target.closest('[role=option]');
      event.preventDefault();
      if (row) {
        this.#pick(row.dataset.symbol);
      }
    });
  }

  /** Shows the symbol in force. */
  show(symbol) {
    this.#symbol = symbol;
    if (document.activeElement !== this.#input) {
      this.#input.value = symbol;
    }
  }

  #ask() {
    clearTimeout(this.#timer);
    this.#run++;
    const query = this.#input.value.trim();
    if (!query) {
      this.#close(false);
      return;
    }
    this.#timer = setTimeout(() => this.#search(query), DEBOUNCE_MILLIS);
  }

  async #search(query) {
    const run = this.#run;
    let rows = [];
    let emptyText = `Nothing found for “${query}”`;
    try {
      rows = await this.#find(query);
    } catch (error) {
      emptyText = `Search failed: ${error.message}`;
    }
    if (run === this.#run) {
      this.#fill(rows.slice(0, MOST_ROWS), emptyText);
    }
  }

  #fill(rows, emptyText) {
    this.#rows = rows;
    this.#list.replaceChildren(...(rows.length > 0 ? rows.map(rowElement) : [emptyElement(emptyText)]));
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    this.#mark(-1);
  }

  #mark(index) {
    this.#marked = index;
    [...this.#list.children].forEach((row, i) => {
      if (row.getAttribute('role') === 'option') {
        row.setAttribute('aria-selected', String(i === index));
      }
    });
    const row = index < 0 ? undefined : this.#list.children[index];
    if (row) {
      this.#input.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    } else {
      this.#input.removeAttribute('aria-activedescendant');
    }
  }

  #onKey(event) {
    const count = this.#list.hidden ? 0 : this.#rows.length;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      const way = event.key === 'ArrowDown' ? 1 : -1;
      this.#mark(this.#marked < 0 ? (way > 0 ? 0 : count - 1) : (this.#marked + way + count) % count);
    } else if (event.key === 'Enter') {
      this.#take();
    } else if (event.key === 'Escape') {
      this.#input.value = this.#symbol;
      this.#input.blur();
    } else {
      return;
    }
    event.preventDefault();
  }

  #take() {
    const symbol = this.#rows[this.#marked]?.symbol ?? parseSymbol(this.#input.value);
    if (symbol) {
      this.#pick(symbol);
    } else {
      this.#fill([], 'That is not a symbol');
    }
  }

  #pick(symbol) {
    this.#symbol = symbol;
    this.#input.value = symbol;
    this.#input.blur();
    this.#onPick(symbol);
  }

  #close(restore) {
    clearTimeout(this.#timer);
    this.#run++;
    this.#rows = [];
    this.#marked = -1;
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    if (restore) {
      this.#input.value = this.#symbol;
    }
  }
}

function rowElement({ symbol, name, type }, index) {
  const row = document.createElement('li');
  row.id = `symbol-${index}`;
  row.setAttribute('role', 'option');
  row.dataset.symbol = symbol;
  for (const [className, text] of [
    ['row-symbol', symbol],
    ['row-name', name],
    ['row-type', type],
  ]) {
    const part = document.createElement('span');
    part.className = className;
    part.textContent = text;
    row.append(part);
  }
  return row;
}

function emptyElement(text) {
  const row = document.createElement('li');
  row.className = 'row-empty';
  row.textContent = text;
  return row;
}
