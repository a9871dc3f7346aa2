import { LESSONS } from './words.js';

const DELAY_MILLIS = 250;
const GAP = 6;
const TIPPED = '[data-tip], [data-lesson]';

/**
 * Tooltips for the pointer, the keyboard and touch. An element has one by `data-tip`, a lesson by
 * `data-lesson`, or its container answers for it. Esc hides it.
 */
export class Tips {
  #tip = document.createElement('div');
  #answers = new Map();
  #target;
  #timer;

  constructor() {
    this.#tip.id = 'tip';
    this.#tip.className = 'tip';
    this.#tip.dataset.testid = 'tip';
    this.#tip.setAttribute('role', 'tooltip');
    this.#tip.hidden = true;
    document.body.append(this.#tip);
    document.addEventListener('pointerover', ({ target, pointerType }) => {
      if (pointerType !== 'touch') {
        this.#approach(target);
      }
    });
    document.addEventListener('focusin', ({ target }) => target.matches(TIPPED) && this.show(target));
    document.addEventListener('focusout', () => this.hide());
    document.addEventListener('click', ({ target }) => target.closest('.term') && this.show(target.closest('.term')));
    document.addEventListener('scroll', () => this.hide(), { capture: true, passive: true });
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && this.hide(), true);
  }

  /** Lets a function tell the tips of the elements in a container: `(target) => [element, text] | undefined`. */
  answer(container, tell) {
    this.#answers.set(container, tell);
  }

  /** Shows the tip of an element now. */
  show(target) {
    const found = this.#find(target);
    clearTimeout(this.#timer);
    if (!found) {
      this.hide();
      return;
    }
    const [element, text] = found;
    this.#leave();
    this.#target = element;
    this.#tip.textContent = text;
    this.#tip.hidden = false;
    element.setAttribute('aria-describedby', this.#tip.id);
    this.#place(element.getBoundingClientRect());
  }

  hide() {
    clearTimeout(this.#timer);
    this.#leave();
    this.#tip.hidden = true;
  }

  #leave() {
    this.#target?.removeAttribute('aria-describedby');
    this.#target = undefined;
  }

  #approach(target) {
    clearTimeout(this.#timer);
    const found = this.#find(target);
    if (!found) {
      this.hide();
    } else if (found[0] !== this.#target) {
      this.#timer = setTimeout(() => this.show(target), this.#target ? 0 : DELAY_MILLIS);
    }
  }

  #find(target) {
    for (const [container, tell] of this.#answers) {
      const found = container.contains(target) && tell(target);
      if (found) {
        return found;
      }
    }
    const own = target.closest?.(TIPPED);
    const text = own?.dataset.tip ?? LESSONS[own?.dataset.lesson];
    return text ? [own, text] : undefined;
  }

  #place(box) {
    const { offsetWidth, offsetHeight, style } = this.#tip;
    const left = Math.min(box.left, window.innerWidth - offsetWidth - GAP);
    const isBelow = box.bottom + GAP + offsetHeight < window.innerHeight;
    style.left = `${Math.max(GAP, left)}px`;
    style.top = `${isBelow ? box.bottom + GAP : Math.max(GAP, box.top - GAP - offsetHeight)}px`;
  }
}
