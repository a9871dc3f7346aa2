import { wallSeconds } from './times.js';

/** States of time without bars that get room and a shade on the chart. */
const SHADED = new Set(['outage', 'halted']);
/** Longest bar for which missing time is given empty slots; above it one bar spans a session or more. */
const LONGEST_PADDED_MILLIS = 3_600_000;
/** Most empty slots on one chart. */
const MOST_SLOTS = 4000;

/**
 * Places bars and missing time on the chart's axis.
 *
 * The axis is a row of slots, one per bar. An outage or a halt gets empty slots, so that its length can be seen;
 * quiet and closed time takes no room. A slot without bar carries no price.
 *
 * @param bars the stream's bars, oldest first
 * @param intervals the stream's intervals, oldest first
 * @param stepMillis bar length
 * @param phaseAt tells the session phase of a bar's start, `pre`, `post` or undefined
 * @returns points `{t, time, bar, shade, suspected, phase}`, oldest first, `time` strictly rising
 */
export function layOut(bars, intervals, stepMillis, phaseAt = () => undefined) {
  const slots = emptySlots(bars, intervals, stepMillis);
  const points = [];
  let next = 0;
  for (const bar of bars) {
    while (next < slots.length && slots[next].t < bar.t) {
      points.push(slots[next++]);
    }
    if (next < slots.length && slots[next].t === bar.t) {
      next++;
    }
    points.push({ t: bar.t, bar, shade: bar.state === 'outage' ? 'outage' : undefined });
  }
  points.push(...slots.slice(next));
  markSuspected(points, intervals);
  let previous = -Infinity;
  for (const point of points) {
    point.time = Math.max(wallSeconds(point.t), previous + 1);
    point.phase = phaseAt(point.t);
    previous = point.time;
  }
  return points;
}

function emptySlots(bars, intervals, stepMillis) {
  const slots = [];
  if (stepMillis > LONGEST_PADDED_MILLIS) {
    return slots;
  }
  for (const { from, to, state } of intervals) {
    if (!SHADED.has(state)) {
      continue;
    }
    const anchor = bars.length > 0 ? bars[0].t : from;
    const first = anchor + Math.ceil((from - anchor) / stepMillis) * stepMillis;
    for (let t = first; t < to && slots.length < MOST_SLOTS; t += stepMillis) {
      slots.push({ t, bar: undefined, shade: state });
    }
  }
  return slots;
}

/** Marks the first point after a stretch that may lack bars. */
function markSuspected(points, intervals) {
  let index = 0;
  for (const { to, state } of intervals) {
    if (state !== 'suspected') {
      continue;
    }
    while (index < points.length && points[index].t < to) {
      index++;
    }
    if (index < points.length) {
      points[index].suspected = true;
    }
  }
}

/**
 * Tells how changed bars reach the chart: `patch` when each one is the newest point or comes after it (the chart can
 * update in place), else `rebuild`.
 */
export function drawMode(points, changed, reshaped) {
  const last = points[points.length - 1];
  if (reshaped || !last) {
    return 'rebuild';
  }
  return changed.every((bar) => bar.t >= last.t) ? 'patch' : 'rebuild';
}

/** Appends or replaces the newest point for a bar; only for bars that {@link drawMode} calls `patch`. */
export function putLast(points, bar, phaseAt = () => undefined) {
  const last = points[points.length - 1];
  const point = { t: bar.t, bar, phase: phaseAt(bar.t), shade: bar.state === 'outage' ? 'outage' : undefined };
  if (last.t === bar.t) {
    points[points.length - 1] = { ...point, suspected: last.suspected, time: last.time };
  } else {
    points.push({ ...point, time: Math.max(wallSeconds(bar.t), last.time + 1) });
  }
  return points[points.length - 1];
}

/** Marks present on the chart with their counts, for the legend: revised bars, runs of outage and halt, suspects. */
export function countMarks(points) {
  const counts = { revised: 0, outage: 0, halted: 0, suspected: 0 };
  let shade;
  for (const point of points) {
    if (point.bar?.state === 'revised') {
      counts.revised++;
    }
    if (point.suspected) {
      counts.suspected++;
    }
    if (point.shade && point.shade !== shade) {
      counts[point.shade]++;
    }
    shade = point.shade;
  }
  return counts;
}
