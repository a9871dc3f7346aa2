import { premium } from '../format.js';
import { FIELDS, cellOf, cellWords, columnsFor, isInTheMoney, legState, mirrored, nearestStrike } from './cells.js';
import { element, perFrame, setAttribute, setText } from './dom.js';
import { LESSONS } from './words.js';

const ROW_HEIGHT = 26;
const SPARE_ROWS = 4;
const PAGE_ROWS = 10;
const SIDES = ['call', 'put'];

/**
 * Strikes as rows, calls left and puts right. Only the rows in view exist. The grid itself has the focus and names the
 * cell in question; arrows move it, Enter selects the contract.
 */
export class ChainGrid {
  #scroller;
  #onPick;
  #onCell;
  #head = element('div', { class: 'chain-head', role: 'rowgroup' });
  #body = element('div', { class: 'chain-body', role: 'rowgroup' });
  #rows = new Map();
  #columns = [];
  #view = { strikes: [], leg: () => undefined, spot: undefined, selected: undefined, online: true };
  #nearest = -1;
  #cursor;
  #schedule = perFrame(() => this.#draw());

  /**
   * @param scroller the element to fill
   * @param listener `{pick(symbol), cell(element, words)}`: told a chosen contract, and the cell moved to by keyboard
   */
  constructor(scroller, { pick, cell }) {
    this.#scroller = scroller;
    this.#onPick = pick;
    this.#onCell = cell;
    scroller.append(this.#head, this.#body);
    scroller.addEventListener('scroll', () => this.#schedule(), { passive: true });
    scroller.addEventListener('keydown', (event) => this.#onKey(event));
    scroller.addEventListener('focus', () => this.#onFocus());
    scroller.addEventListener('blur', () => this.#schedule());
    this.#body.addEventListener('click', ({ target }) => this.#pick(this.#place(target)));
    new ResizeObserver(() => this.#resize()).observe(scroller);
    this.#resize();
  }

  /** Shows strikes: `{strikes, leg(symbol), spot, selected, online}`; what is left out stays. */
  show(view) {
    this.#view = { ...this.#view, ...view };
    this.#nearest = nearestStrike(this.#view.strikes, this.#view.spot);
    setAttribute(this.#scroller, 'aria-rowcount', this.#view.strikes.length + 1);
    this.#body.style.height = `${this.#view.strikes.length * ROW_HEIGHT}px`;
    this.#schedule();
  }

  /** Moves a contract's strike, or the one at the money, to the middle. */
  centre(symbol) {
    const { strikes } = this.#view;
    const own = strikes.findIndex(({ call, put }) => symbol !== undefined && (call === symbol || put === symbol));
    const index = own >= 0 ? own : this.#nearest;
    if (index >= 0) {
      const room = this.#scroller.clientHeight - this.#head.offsetHeight - ROW_HEIGHT;
      this.#scroller.scrollTop = Math.max(0, index * ROW_HEIGHT - room / 2);
    }
    this.#schedule();
  }

  /** The cell and the words for what is under the pointer. */
  tip(target) {
    const place = this.#place(target);
    return place?.field && [place.cell, this.#words(place)];
  }

  #resize() {
    const columns = columnsFor(this.#scroller.clientWidth);
    if (columns.join() !== this.#columns.join()) {
      this.#columns = columns;
      this.#cursor = this.#cursor && { ...this.#cursor, column: columns.length };
      this.#body.replaceChildren();
      this.#rows.clear();
      this.#head.replaceChildren(caption(), headRow(columns));
      setAttribute(this.#scroller, 'aria-colcount', columns.length * 2 + 1);
    }
    this.#schedule();
  }

  #draw() {
    const { strikes } = this.#view;
    const shown = Math.ceil(this.#scroller.clientHeight / ROW_HEIGHT);
    const top = Math.floor(this.#scroller.scrollTop / ROW_HEIGHT);
    const first = Math.max(0, top - SPARE_ROWS);
    const last = Math.min(strikes.length, top + shown + SPARE_ROWS);
    for (const [index, row] of this.#rows) {
      if (index < first || index >= last) {
        row.element.remove();
        this.#rows.delete(index);
      }
    }
    for (let index = first; index < last; index++) {
      const row = this.#rows.get(index) ?? this.#addRow(index);
      this.#drawRow(row, strikes[index], index);
    }
    this.#drawCursor();
  }

  #addRow(index) {
    const row = newRow(this.#columns, index);
    row.element.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    const after = this.#rows.get(index + 1)?.element;
    this.#body.insertBefore(row.element, after ?? null);
    this.#rows.set(index, row);
    return row;
  }

  #drawRow(row, strike, index) {
    const { leg, spot, selected, online } = this.#view;
    setAttribute(row.element, 'data-strike', strike.strike);
    setAttribute(row.element, 'data-atm', index === this.#nearest ? '' : undefined);
    setText(row.strike, premium(strike.strike).replace(/\.00$/, ''));
    setAttribute(row.strike, 'aria-label', index === this.#nearest ? `${strike.strike}, at the money` : undefined);
    for (const side of SIDES) {
      const { half, cells } = row[side];
      const held = leg(strike[side]);
      setAttribute(half, 'data-symbol', strike[side]);
      setAttribute(half, 'data-state', legState(held, online));
      setAttribute(half, 'data-money', isInTheMoney(side, strike.strike, spot) ? '' : undefined);
      const isSelected = held !== undefined && strike[side] === selected;
      setAttribute(half, 'data-selected', isSelected ? '' : undefined);
      cells.forEach((cell) => drawCell(cell, held, isSelected));
    }
  }

  #drawCursor() {
    const isFocused = document.activeElement === this.#scroller && this.#cursor;
    this.#body.querySelector('.cursor')?.classList.remove('cursor');
    const cell = isFocused ? this.#cellAt(this.#cursor) : undefined;
    cell?.classList.add('cursor');
    setAttribute(this.#scroller, 'aria-activedescendant', cell?.id);
  }

  #cellAt({ row, column }) {
    return this.#rows.get(row)?.element.querySelector(`[aria-colindex="${column + 1}"]`);
  }

  #place(target) {
    const cell = target.closest?.('[role=gridcell]');
    const half = cell?.closest('.half');
    return half ? { cell, symbol: half.dataset.symbol, field: cell.dataset.field } : undefined;
  }

  #words({ symbol, field }) {
    return cellWords(this.#view.leg(symbol), field, this.#view.online);
  }

  #pick(place) {
    if (place && this.#view.leg(place.symbol)) {
      this.#onPick(place.symbol);
    }
  }

  #onFocus() {
    const { strikes, selected } = this.#view;
    const own = strikes.findIndex(({ call, put }) => selected !== undefined && (call === selected || put === selected));
    const isPut = own >= 0 && strikes[own].put === selected;
    const start = { row: own >= 0 ? own : Math.max(0, this.#nearest), column: this.#columns.length + (isPut ? 1 : -1) };
    this.#cursor ??= strikes.length > 0 ? start : undefined;
    this.#schedule();
  }

  #onKey(event) {
    const moves = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      PageUp: [-PAGE_ROWS, 0],
      PageDown: [PAGE_ROWS, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [0, -Infinity],
      End: [0, Infinity],
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#cursor) {
      return;
    }
    if (Object.hasOwn(moves, event.key)) {
      this.#move(...moves[event.key]);
    } else if (event.key === 'Enter' || event.key === ' ') {
      const cell = this.#cellAt(this.#cursor);
      this.#pick(cell && this.#place(cell));
    } else {
      return;
    }
    event.preventDefault();
  }

  #move(rows, columns) {
    const within = (value, most) => Math.max(0, Math.min(most, value));
    const row = within(this.#cursor.row + rows, this.#view.strikes.length - 1);
    this.#cursor = { row, column: within(this.#cursor.column + columns, this.#columns.length * 2) };
    const top = row * ROW_HEIGHT;
    const room = this.#scroller.clientHeight - this.#head.offsetHeight - ROW_HEIGHT;
    this.#scroller.scrollTop = within(this.#scroller.scrollTop, top);
    this.#scroller.scrollTop = Math.max(this.#scroller.scrollTop, top - room);
    this.#draw();
    const cell = this.#cellAt(this.#cursor);
    const place = cell && this.#place(cell);
    this.#onCell(cell, place ? this.#words(place) : '');
  }
}

/** For the eye; the columns' names tell the side too. */
function caption() {
  const words = ['Calls', '', 'Puts'].map((text) => element('span', { text }));
  return element('div', { class: 'chain-caption', 'aria-hidden': 'true' }, ...words);
}

function headRow(columns) {
  const heads = (side, fields) => {
    const half = element('div', { class: 'half', role: 'none' });
    for (const field of fields) {
      half.append(columnHead(`${side} ${FIELDS[field].name}`, FIELDS[field].label, LESSONS[field]));
    }
    return half;
  };
  const strike = columnHead('Strike', 'Strike', LESSONS.strike);
  strike.classList.add('strike');
  const row = element('div', { class: 'chain-row', role: 'row', 'aria-rowindex': 1 });
  row.append(heads('Calls,', columns), strike, heads('Puts,', mirrored(columns)));
  [...row.querySelectorAll('[role=columnheader]')].forEach((head, index) => head.setAttribute('aria-colindex', index + 1));
  return row;
}

function columnHead(name, text, tip) {
  return element('div', { role: 'columnheader', 'aria-label': name, 'data-tip': tip, text });
}

function newRow(columns, index) {
  const strike = element('div', { class: 'strike', role: 'rowheader', id: `chain-${index}-strike` });
  const side = (name, fields, offset) => {
    const cells = fields.map((field, place) =>
      element('div', {
        role: 'gridcell',
        id: `chain-${index}-${name}-${field}`,
        'data-field': field,
        'aria-colindex': offset + place + 1,
      }),
    );
    return { half: element('div', { class: `half ${name}`, role: 'none' }, ...cells), cells };
  };
  const call = side('call', columns, 0);
  const put = side('put', mirrored(columns), columns.length + 1);
  strike.setAttribute('aria-colindex', columns.length + 1);
  const row = element('div', { class: 'chain-row', role: 'row', 'aria-rowindex': index + 2 }, call.half, strike, put.half);
  return { element: row, strike, call, put };
}

function drawCell(cell, leg, isSelected) {
  const { field } = cell.dataset;
  const { text, isMissing, isComputed } = cellOf(leg, field);
  setText(cell, text);
  setAttribute(cell, 'data-missing', isMissing ? '' : undefined);
  setAttribute(cell, 'data-computed', isComputed ? '' : undefined);
  const name = FIELDS[field].name.toLowerCase();
  setAttribute(cell, 'aria-label', isMissing ? `no ${name}` : isComputed ? `${text}, computed` : undefined);
  setAttribute(cell, 'aria-selected', isSelected ? 'true' : undefined);
}
