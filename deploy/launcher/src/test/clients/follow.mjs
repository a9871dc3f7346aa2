// usage: [CANDLEHUB_TOKEN=token] node follow.mjs URL PROTOCOL TRANSPORT[,TRANSPORT]
// An official client follows a chart and a quote over the transports it is told and never calls REST; prints one line
// with what it saw: the transport it ended on, a snapshot, continuous updates, quotes, a refusal.

import { io } from 'socket.io-client';
import EventBus from '@vertx/eventbus-bridge-client.js';
import { ChartBook } from './chart-book.mjs';

const [url, protocol, list] = process.argv.slice(2);
const transports = list.split(',');
const book = new ChartBook();
const token = process.env.CANDLEHUB_TOKEN;
const auth = token ? { token } : {};
const PATIENCE = 30_000;
const UPDATES = 5;

const late = setTimeout(() => done({ late: true }), PATIENCE);

let ended = false;

function done(result) {
  if (ended) return;
  ended = true;
  clearTimeout(late);
  const { counters, errors, quotes, acks } = book;
  process.stdout.write(`${JSON.stringify({ ...result, bars: book.charts.main?.bars.size ?? 0, counters, errors, quotes, acks })}\n`, () => process.exit(0));
}

function socketIo() {
  const socket = io(url, { path: '/socket.io/', transports, auth, reconnection: false });
  const seen = () => {
    const transport = socket.io.engine.transport.name;
    if (book.counters.updates >= UPDATES && book.quotes > 0 && transport === transports.at(-1) && book.acks.refused) done({ transport });
  };
  socket.on('connect', () => {
    socket.emit('chart:focus', { symbol: 'SPY', timeframe: '1m' }, (ack) => {
      book.acks.focus = ack;
    });
    socket.emit('live:subscribe', { symbol: 'SPY' }, (ack) => {
      book.acks.quote = ack;
    });
    socket.emit('chart:focus', { symbol: 'SPY', timeframe: '7m', chartId: 'wrong' }, (ack) => {
      book.acks.refused = ack;
    });
  });
  socket.on('chart:snapshot', (body) => book.snapshot(body.chartId, body));
  socket.on('chart:update', (body) => {
    book.update(body.chartId, body);
    seen();
  });
  socket.on('live:quote', () => {
    book.quotes++;
    seen();
  });
  socket.on('connect_error', (error) => done({ error: error.message }));
  socket.on('disconnect', (reason) => done({ error: reason }));
}

function bridge() {
  const bus = new EventBus(`${url}/eventbus`, { transports });
  const seen = () => {
    if (book.counters.updates >= UPDATES && book.quotes > 0 && book.acks.refused && book.acks.status) done({ transport: bus.sockJSConn.transport });
  };
  bus.onopen = () => {
    bus.registerHandler('md.chart.1m.SPY', auth, (error, message) => {
      if (error) book.errors.push(error);
      else if (message.body.kind === 'snapshot') book.snapshot('main', message.body);
      else book.update('main', message.body);
      seen();
    });
    bus.registerHandler('md.quote.SPY', auth, () => {
      book.quotes++;
      seen();
    });
    bus.send('md.command.chart', { symbol: 'SPY', timeframe: '7m' }, auth, (error) => {
      book.acks.refused = error;
    });
    bus.send('md.command.status', {}, auth, (error, message) => {
      book.acks.status = message?.body;
    });
  };
  bus.onerror = (error) => book.errors.push(error);
  bus.onclose = () => done({ error: 'closed' });
}

if (protocol === 'socketio') socketIo();
else bridge();
