const KEY = 'candlehub.theme';
const COLORS = [
  ['background', 'chart'],
  ['text', 'dim'],
  ['border'],
  ['hover'],
  ['grid'],
  ['crosshair'],
  ['label'],
  ['up'],
  ['down'],
  ['upLive', 'up-live'],
  ['downLive', 'down-live'],
  ['upVolume', 'up-volume'],
  ['downVolume', 'down-volume'],
  ['day'],
  ['preShade', 'pre-shade'],
  ['postShade', 'post-shade'],
  ['outage'],
  ['outageShade', 'outage-shade'],
  ['halted'],
  ['haltedShade', 'halted-shade'],
  ['revised'],
  ['suspected'],
];
const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** Reads from local storage, which a browser may forbid. */
export function remembered(key) {
  try {
    return window.localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Writes to local storage where that is allowed. */
export function remember(key, value) {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // A browser that forbids storage starts with the defaults next time.
  }
}

/** The theme in force: `dark` or `light`. */
export function currentTheme() {
  return document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light');
}

/** Applies the remembered theme, else the system's, and calls back on every change. */
export function startTheme(onChange) {
  const chosen = remembered(KEY);
  if (chosen === 'dark' || chosen === 'light') {
    document.documentElement.dataset.theme = chosen;
  }
  dark.addEventListener('change', onChange);
}

/** Switches between dark and light and remembers the choice. */
export function toggleTheme() {
  const next = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  remember(KEY, next);
}

/** The chart's colours: the style sheet's custom properties, resolved for the theme in force. */
export function readPalette() {
  const probe = document.createElement('span');
  document.body.append(probe);
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return window.getComputedStyle(probe).color;
  };
  const colors = COLORS.map(([key, name]) => [key, read(name ?? key)]);
  const font = window.getComputedStyle(document.body).fontFamily;
  probe.remove();
  return { ...Object.fromEntries(colors), font };
}
