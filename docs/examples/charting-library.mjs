// TradingView's charting library on a hub. The library is licensed by TradingView and not part of this project:
// `node serve.mjs HUB PORT FOLDER` serves it from your folder. charting-library.html?symbol=SPY&interval=1

import { CandlehubDatafeed } from '/sdk/candlehub-datafeed.js';
import { Candlehub } from '/sdk/candlehub.js';

const query = new URLSearchParams(location.search);
const hub = new Candlehub({ url: globalThis.HUB_URL });
let widget;

const datafeed = new CandlehubDatafeed(hub, {
  onReset: () => {
    for (let index = 0; index < widget.chartsCount(); index++) {
      widget.chart(index).resetData();
    }
  },
});

try {
  const library = await import('/charting_library/charting_library.esm.js');
  widget = new library.widget({
    container: 'chart',
    library_path: '/charting_library/',
    datafeed,
    symbol: query.get('symbol') ?? 'SPY',
    interval: query.get('interval') ?? '1',
    timezone: 'America/New_York',
    locale: 'en',
    autosize: true,
  });
} catch (error) {
  document.getElementById('note').textContent = `The charting library is not here: ${error.message}`;
}

// For a look from the browser's console.
globalThis.example = { hub, datafeed, widget };
