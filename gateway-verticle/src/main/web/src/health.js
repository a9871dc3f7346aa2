import { duration, span } from './format.js';
import { dateLabel } from './times.js';

/** What each badge label means, in words for the tooltip and for screen readers. */
const MEANINGS = {
  LIVE: 'Data is streaming.',
  BACKFILLING: 'A hole in the data is being filled.',
  DEGRADED: 'Data may be late or incomplete.',
  FROZEN: 'No trading now; the last prices stand.',
  WAITING: 'No data yet.',
  OFFLINE: 'The connection to the server is down; the chart keeps the last data received.',
};

/** Words for the reasons a server may name by a code; others are shown as they come. */
function sentence(reason) {
  const words = String(reason).replace(/[_-]+/g, ' ').trim();
  const shouting = words === words.toUpperCase();
  const text = shouting ? words.toLowerCase() : words;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Describes a stream's health for the badge.
 *
 * @param health the payload's health, or undefined before the first one
 * @param sinceMillis market milliseconds since the payload arrived; ages count up from it
 * @param online whether the connection is up
 * @returns `{label, meaning, reason, age, delay}`; texts, empty when there is nothing to say
 */
export function describeHealth(health, sinceMillis, online) {
  const label = healthLabel(health, online);
  if (!health) {
    return { label, meaning: MEANINGS[label], reason: '', age: '', delay: '' };
  }
  const age = Number.isFinite(health.lastUpdateMsAgo) ? health.lastUpdateMsAgo + sinceMillis : undefined;
  return {
    label,
    meaning: MEANINGS[label],
    reason: reasonOf(health),
    age: age === undefined || age < 0 ? '' : duration(age),
    delay: health.delayMs > 0 ? span(health.delayMs) : '',
  };
}

function healthLabel(health, online) {
  if (!health) {
    return 'WAITING';
  }
  if (!online) {
    return 'OFFLINE';
  }
  if (health.mode === 'LIVE' && (health.state === 'closed' || health.state === 'halted')) {
    return 'FROZEN';
  }
  return health.mode in MEANINGS ? health.mode : 'DEGRADED';
}

function reasonOf(health) {
  const parts = [];
  if (health.reason) {
    parts.push(sentence(health.reason));
  }
  if (health.providerThrottled) {
    const pause = health.cooldownMs > 0 ? `, pause ${duration(health.cooldownMs)}` : '';
    parts.push(`Provider throttled${pause}`);
  }
  if (Array.isArray(health.missing) && health.missing.length > 0) {
    parts.push(`Not available: ${health.missing.join(', ')}`);
  }
  return parts.join(' · ');
}

/**
 * Sentences for the banner, most important first.
 *
 * @param view `{connection, status, health, session, resultGranularity, key}`; every part may be missing
 * @returns notices `{tone, text}`, tone `alert`, `warn`, `source` or `info`
 */
export function describeSession({ connection, status, health, session, resultGranularity, key }) {
  const notices = [];
  const say = (tone, text) => {
    if (text && !notices.some((notice) => notice.text.toLowerCase() === text.toLowerCase())) {
      notices.push({ tone, text });
    }
  };
  say('alert', connectionNotice(connection));
  say('warn', healthNotice(health));
  if (health?.delayMs > 0) {
    say('warn', `Data delayed by ${span(health.delayMs)}`);
  }
  say('source', sourceNotice(status));
  for (const text of sessionNotices(health, session)) {
    say('info', text);
  }
  if (session?.usingLastSession) {
    say('info', 'Showing the last session');
  }
  const granularity = resultGranularity ?? session?.resultGranularity;
  if (granularity && key && granularity !== key.timeframe) {
    say('warn', `Only ${granularity} bars are available`);
  }
  say('info', session?.note ?? '');
  return notices;
}

function connectionNotice(connection) {
  const detail = connection?.detail ? ` (${connection.detail})` : '';
  if (connection?.state === 'reconnecting') {
    return `Reconnecting…${detail}`;
  }
  return connection?.failed ? `The server cannot be reached; trying again…${detail}` : '';
}

function healthNotice(health) {
  const troubled = health && health.mode !== 'LIVE';
  return troubled ? reasonOf(health) || (health.mode === 'DEGRADED' ? MEANINGS.DEGRADED : '') : '';
}

function sourceNotice(status) {
  const speed = status?.speed > 0 && status.speed !== 1 ? ` at ${status.speed}×` : '';
  if (status?.mode === 'replay') {
    const at = marketMillis(status);
    return `Replay${at === undefined ? '' : ` of ${dateLabel(at)}`}${speed}: past market data`;
  }
  if (status?.simulated || status?.mode === 'synthetic') {
    return `Simulated market${speed}: prices are generated, not real`;
  }
  return '';
}

function sessionNotices(health, session) {
  if (health?.state === 'halted') {
    return ['Trading halted'];
  }
  if (session?.marketClosed || health?.state === 'closed') {
    return ['Market closed'];
  }
  if (health?.state === 'pre') {
    return ['Pre-market'];
  }
  return session?.afterHours || health?.state === 'post' ? ['After hours'] : [];
}

/** The status' market time in epoch milliseconds, or undefined; servers may send a number or ISO-8601. */
export function marketMillis(status) {
  const time = status?.marketTime;
  const millis = typeof time === 'string' ? Date.parse(time) : time;
  return Number.isFinite(millis) ? millis : undefined;
}
