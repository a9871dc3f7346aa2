// usage: node socketio-chart.mjs URL SYMBOL TIMEFRAME[:regular]...
// The official Socket.IO client follows charts and never calls REST.

import { io } from 'socket.io-client';
import { ChartBook, serve } from './chart-book.mjs';

const [url, symbol, ...timeframes] = process.argv.slice(2);
const book = new ChartBook();
const socket = io(url, { path: '/socket.io/', transports: ['websocket'] });

function focus(chartId, since) {
  const [timeframe, sessionMode] = chartId.split(':');
  socket.emit('chart:focus', { symbol, timeframe, sessionMode, chartId, since }, (ack) => {
    book.acks[chartId] = ack;
  });
}

socket.on('connect', () => {
  for (const timeframe of timeframes) focus(timeframe, book.charts[timeframe]?.stream);
  socket.emit('live:subscribe', { symbol }, (ack) => {
    book.acks.quote = ack;
  });
});
socket.on('chart:snapshot', (body) => book.snapshot(body.chartId, body));
socket.on('chart:update', (body) => {
  if (!book.update(body.chartId, body)) focus(body.chartId);
});
socket.on('live:quote', () => book.quotes++);
for (const event of ['chart:error', 'live:error', 'connect_error']) {
  socket.on(event, (body) => book.errors.push({ event, message: body?.message, body }));
}
serve(book, () => socket.close());
