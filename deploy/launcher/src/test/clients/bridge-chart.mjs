// usage: node bridge-chart.mjs URL SYMBOL TIMEFRAME...
// The official event-bus bridge client follows charts and never calls REST.

import EventBus from '@vertx/eventbus-bridge-client.js';
import { ChartBook, serve } from './chart-book.mjs';

const [url, symbol, ...timeframes] = process.argv.slice(2);
const book = new ChartBook();
const bus = new EventBus(`${url}/eventbus`);
bus.enableReconnect(true);

function register(timeframe) {
  bus.registerHandler(`md.chart.${timeframe}.${symbol}`, {}, (error, message) => {
    if (error) {
      book.errors.push({ event: 'err', body: error });
      return;
    }
    const body = message.body;
    if (body.kind === 'snapshot') book.snapshot(timeframe, body);
    else if (!book.update(timeframe, body)) refetch(timeframe);
  });
}

function refetch(timeframe) {
  bus.send('md.command.chart', { symbol, timeframe }, {}, (error, message) => {
    if (error) book.errors.push({ event: 'reply', body: error });
    else book.snapshot(timeframe, message.body);
  });
}

bus.onopen = () => {
  timeframes.forEach(register);
  bus.registerHandler(`md.quote.${symbol}`, {}, (error) => {
    if (!error) book.quotes++;
  });
};
bus.onerror = (error) => book.errors.push({ event: 'err', body: error });
serve(book, () => bus.close());
