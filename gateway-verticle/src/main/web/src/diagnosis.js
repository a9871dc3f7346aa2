/** What tests and a look from the browser's console can read at `window.candlehub`. */
export function expose(hub, stage, symbol) {
  window.candlehub = Object.freeze({
    bars: () => stage.bars.map((bar) => ({ ...bar })),
    stream: () => ({ ...stage.key, ...stage.position }),
    symbol,
    connected: () => hub.connected,
    get snapshots() {
      return stage.snapshots;
    },
    get updates() {
      return stage.updates;
    },
  });
}
