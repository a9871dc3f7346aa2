// A stream of bars in lightweight-charts: drag to the right for older bars; stop and start the hub to see it resume.
// live-chart.html?symbol=SPY&timeframe=1m&sessionMode=extended

import { attach } from '/sdk/candlehub-datafeed.js';
import { Candlehub } from '/sdk/candlehub.js';

const { CandlestickSeries, HistogramSeries, createChart } = globalThis.LightweightCharts;
const query = new URLSearchParams(location.search);
const symbol = query.get('symbol') ?? 'SPY';
const timeframe = query.get('timeframe') ?? '1m';
const sessionMode = query.get('sessionMode') ?? 'extended';
const element = (id) => document.getElementById(id);

// The chart's times are seconds UTC; people read New York's.
const inNewYork = (options) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hourCycle: 'h23', ...options });
  return (time) => format.format(time * 1000);
};
const clock = inNewYork({ hour: '2-digit', minute: '2-digit' });
const day = inNewYork({ month: 'short', day: 'numeric' });
const isDaily = /^1[dw]$/.test(timeframe);

const chart = createChart(element('chart'), {
  autoSize: true,
  localization: isDaily ? {} : { timeFormatter: (time) => `${day(time)} ${clock(time)}` },
  timeScale: { rightOffset: 4, ...(!isDaily && { tickMarkFormatter: (time, mark) => (mark < 3 ? day(time) : clock(time)) }) },
});
const series = chart.addSeries(CandlestickSeries);
const volume = chart.addSeries(HistogramSeries, { priceFormat: { type: 'volume' }, color: '#9db2c6' }, 1);
chart.panes()[1]?.setStretchFactor(0.25);

const hub = new Candlehub({ url: globalThis.HUB_URL });
hub.on('connection', ({ state, error }) => {
  element('connection').textContent = error ? `${state}: ${error.message}` : state;
  element('connection').dataset.state = state;
});

const attached = attach(hub, series, {
  symbol,
  timeframe,
  sessionMode,
  chart,
  volume,
  onChange: ({ bars, health }) => {
    element('health').textContent = `${health?.mode ?? 'unknown'}, ${bars.length} bars`;
  },
  onError: (error) => {
    element('health').textContent = `${error.code}: ${error.message}`;
  },
});
element('title').textContent = `${symbol} ${timeframe}`;

// For a look from the browser's console.
globalThis.example = { hub, chart, series, volume, attached };
