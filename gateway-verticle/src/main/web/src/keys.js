/**
 * Page-wide shortcuts. They stay silent while the user types or holds a modifier, so that the browser's and a screen
 * reader's own keys keep working.
 *
 * @param actions from key to function
 */
export function startKeys(actions) {
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable], dialog');
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) {
      return;
    }
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action) {
      event.preventDefault();
      action();
    }
  });
}

/** Keys of the focused chart: arrows walk the bars, plus and minus zoom, End goes to the newest, Esc lets go. */
export function startChartKeys(element, chart, onBar) {
  const walk = (offset) => () => onBar(chart.step(offset));
  const far = 10;
  element.addEventListener('keydown', (event) => {
    const actions = {
      ArrowLeft: walk(event.shiftKey ? -far : -1),
      ArrowRight: walk(event.shiftKey ? far : 1),
      '+': () => chart.zoom(1.25),
      '=': () => chart.zoom(1.25),
      '-': () => chart.zoom(0.8),
      Escape: () => chart.release(),
    };
    const action = event.target === element && Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  });
}
