// A table of quotes, without modules: quotes.html?symbols=SPY,QQQ,AAPL

'use strict';

const symbols = (new URLSearchParams(location.search).get('symbols') ?? 'SPY,QQQ,AAPL,MSFT').split(',');
const price = (value) => (Number.isFinite(value) ? value.toFixed(2) : '–');
const percent = ({ last, prevClose }) => (prevClose > 0 && last ? `${(100 * (last / prevClose - 1)).toFixed(2)} %` : '–');

const rows = new Map(symbols.map((symbol) => [symbol, document.querySelector('tbody').insertRow()]));

function show(symbol, ...texts) {
  const cells = [symbol, ...texts].map((text) => Object.assign(document.createElement('td'), { textContent: text }));
  rows.get(symbol).replaceChildren(...cells);
}

const hub = new Candlehub({ url: HUB_URL });
hub.on('connection', ({ state, error }) => {
  const element = document.getElementById('connection');
  element.textContent = error ? `${state}: ${error.message}` : state;
  element.dataset.state = state;
});
symbols.forEach((symbol) => show(symbol, '–', '–', '–', '–', '–'));
hub.quotes(symbols, {
  quote: (quote) => {
    const { symbol, last, bid, ask, volume } = quote;
    show(symbol, price(last), percent(quote), price(bid), price(ask), volume?.toLocaleString('en-US') ?? '–');
  },
  error: (error, symbol) => show(symbol, error.message),
});
