/**
 * Time without bars, run-length and half-open: `{from, to, state}` in epoch milliseconds, ordered, never overlapping.
 */

/**
 * Lays changed intervals over a list: what they overlap is replaced, equal neighbours are joined.
 *
 * @param list ordered intervals held so far
 * @param changes intervals of an update, in any order
 * @returns the new list, or `list` itself when nothing changed
 */
export function replaceOverlap(list, changes) {
  let next = list;
  for (const change of changes) {
    if (!(change.from < change.to)) {
      continue;
    }
    const { from, to, state } = change;
    next = [...without(next, from, to), { from, to, state }];
  }
  next = joined([...next].sort((a, b) => a.from - b.from));
  return sameIntervals(next, list) ? list : next;
}

/**
 * Drops what bars overlap: where a bar is, no time is without bars. A bar ends with its session, so closed time that
 * begins after its start stays.
 *
 * @param list ordered intervals held so far
 * @param bars bars of an update
 * @param stepMillis bar length
 * @returns the new list, or `list` itself when nothing changed
 */
export function cutBars(list, bars, stepMillis) {
  let next = list;
  for (const { t } of bars) {
    const end = t + stepMillis;
    if (next.some(({ from, to }) => from < end && to > t)) {
      const close = next.find(({ from, state }) => state === 'closed' && from > t && from < end);
      next = without(next, t, close ? close.from : end);
    }
  }
  return sameIntervals(next, list) ? list : next;
}

/** The list less [from, to). */
function without(list, from, to) {
  const kept = [];
  for (const held of list) {
    if (held.to <= from || held.from >= to) {
      kept.push(held);
      continue;
    }
    if (held.from < from) {
      kept.push({ ...held, to: from });
    }
    if (held.to > to) {
      kept.push({ ...held, from: to });
    }
  }
  return kept;
}

function joined(ordered) {
  const runs = [];
  for (const interval of ordered) {
    const last = runs[runs.length - 1];
    if (last && last.state === interval.state && last.to === interval.from) {
      last.to = interval.to;
    } else {
      runs.push({ ...interval });
    }
  }
  return runs;
}

function sameIntervals(a, b) {
  return (
    a.length === b.length &&
    a.every((left, i) => left.from === b[i].from && left.to === b[i].to && left.state === b[i].state)
  );
}
