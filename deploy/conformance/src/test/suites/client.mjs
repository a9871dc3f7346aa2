// The official JavaScript client of Socket.IO 4 over each of its transports. Server: --app socketio-client.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, describe, it } from 'node:test';
import { io } from 'socket.io-client';
import { URL_BASE, within } from './wire.mjs';

const transports = { polling: ['polling'], websocket: ['websocket'], upgrade: ['polling', 'websocket'] };
const sockets = [];

/** The arguments of the next event. */
const event = (emitter, name) => within(once(emitter, name), name);

for (const [name, list] of Object.entries(transports)) {
  describe(`socket.io-client over ${name}`, () => {
    afterEach(() => {
      for (const socket of sockets.splice(0)) {
        socket.io.reconnection(false);
        socket.disconnect();
        socket.io.engine?.close();
      }
    });

    const open = (path = '/', options = {}) => {
      const socket = io(`${URL_BASE}${path}`, { transports: list, forceNew: true, reconnection: false, ...options });
      sockets.push(socket);
      return socket;
    };

    it('connects and has an id of its own', async () => {
      const socket = open();
      await event(socket, 'connect');
      assert.equal(await socket.emitWithAck('getId'), socket.id);
      assert.notEqual(socket.id, socket.io.engine.id);
    });

    it('ends on the transport it should', async () => {
      const socket = open();
      await event(socket, 'connect');
      if (list.length > 1 && socket.io.engine.transport.name !== 'websocket') await event(socket.io.engine, 'upgrade');
      assert.equal(socket.io.engine.transport.name, list.at(-1));
      assert.equal(await socket.emitWithAck('echo', 'after'), 'after');
    });

    it('exchanges events', async () => {
      const socket = open();
      socket.emit('hi');
      await event(socket, 'hi');
      socket.emit('false');
      assert.equal((await event(socket, 'false'))[0], false);
    });

    it('is acknowledged', async () => {
      const socket = open();
      assert.equal(await socket.emitWithAck('echo', 'x'), 'x');
      assert.ok(Number.isFinite(Date.parse(await socket.emitWithAck('getAckDate', {}))));
    });

    it('acknowledges what the server asks', async () => {
      const socket = open();
      socket.on('ack', (answer) => answer(5, { test: true }));
      socket.emit('ack');
      await event(socket, 'got it');
    });

    it('gives up an acknowledgement that does not come', async () => {
      const socket = open();
      await event(socket, 'connect');
      await assert.rejects(socket.timeout(200).emitWithAck('unheard of'), /timed out/);
    });

    it('receives dates', async () => {
      const socket = open();
      socket.emit('getDate');
      assert.equal(typeof (await event(socket, 'takeDate'))[0], 'string');
      socket.emit('getDateObj');
      assert.equal(typeof (await event(socket, 'takeDateObj'))[0].date, 'string');
    });

    it('receives text beyond ASCII in order', async () => {
      const socket = open();
      const expected = ['てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'utf8 — string', 'utf8 — string'];
      const got = [];
      const all = new Promise((resolve) => {
        socket.on('takeUtf8', (text) => got.push(text) === expected.length && resolve());
      });
      socket.emit('getUtf8');
      await within(all, 'texts');
      assert.deepEqual(got, expected);
    });

    it('exchanges bytes', async () => {
      const socket = open();
      socket.emit('doge');
      assert.equal(Buffer.from((await event(socket, 'doge'))[0]).toString(), 'asdfasdf');
      socket.emit('getbin');
      assert.equal(Buffer.from((await event(socket, 'takebin'))[0]).toString(), 'asdfasdf');
      socket.emit('buffa', Buffer.from('asdfasdf'));
      await event(socket, 'buffack');
      socket.emit('jsonbuff', { hello: 'lol', message: Buffer.from('howdy'), goodbye: 'gotcha' });
      await event(socket, 'jsonbuff-ack');
      socket.emit('abuff1', Buffer.from('abuff1'));
      socket.emit('abuff2', 'please arrive second');
      await event(socket, 'abuff2-ack');
      const large = Buffer.alloc(300_000, 7);
      assert.deepEqual(Buffer.from(await socket.emitWithAck('echo', large)), large);
    });

    it('exchanges a large text', async () => {
      const socket = open();
      const large = 'ž'.repeat(200_000);
      assert.equal(await socket.emitWithAck('echo', large), large);
    });

    it('joins several namespaces over one connection', async () => {
      const main = open();
      const foo = main.io.socket('/foo');
      foo.connect();
      await Promise.all([event(main, 'connect'), event(foo, 'connect')]);
      assert.equal(await foo.emitWithAck('getId'), foo.id);
      assert.notEqual(foo.id, main.id);
      foo.disconnect();
      assert.equal(await main.emitWithAck('echo', 'still here'), 'still here');
      foo.connect();
      await event(foo, 'connect');
    });

    it('is told why a namespace refuses', async () => {
      const [custom] = await event(open('/no'), 'connect_error');
      assert.equal(custom.message, 'Auth failed (custom namespace)');
      const [main] = await event(open('/', { query: { fail: true } }), 'connect_error');
      assert.equal(main.message, 'Auth failed (main namespace)');
      const [unknown] = await event(open('/doesnotexist'), 'connect_error');
      assert.equal(unknown.message, 'Invalid namespace');
    });

    it('hands over query, headers and auth', async () => {
      const options = { query: { foo: 'bar', list: 'a b' }, auth: { token: 'abc' }, extraHeaders: { 'X-Custom': 'yes' } };
      const shown = await open('/', options).emitWithAck('getHandshake');
      assert.equal(shown.query.foo, 'bar');
      assert.equal(shown.query.list, 'a b');
      assert.equal(shown.query.EIO, '4');
      assert.equal(shown.headers['x-custom'], 'yes');
      assert.deepEqual(shown.auth, { token: 'abc' });
      assert.equal(shown.secure, false);
      const [greeted] = await event(open('/abc', { query: { b: 'c' } }), 'handshake');
      assert.equal(greeted.query.b, 'c');
      assert.match(greeted.url, /^\/socket\.io\/\?.*b=c/);
    });

    it('keeps the order of many events in flight', async () => {
      const socket = open();
      const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => socket.emitWithAck('echo', i)));
      assert.deepEqual(answers, Array.from({ length: 500 }, (_, i) => i));
    });

    it('comes back after a lost connection', async () => {
      const socket = open('/', { reconnection: true, reconnectionDelay: 50 });
      await event(socket, 'connect');
      const before = socket.io.engine.id;
      socket.io.engine.close();
      await event(socket, 'connect');
      assert.notEqual(socket.io.engine.id, before);
      assert.equal(await socket.emitWithAck('echo', 'again'), 'again');
    });

    it('gets back its socket and what it missed', async () => {
      const socket = open('/', { reconnection: true, reconnectionDelay: 50 });
      await event(socket, 'connect');
      assert.equal(socket.recovered, false);
      socket.emit('hi');
      await event(socket, 'hi');
      const { id } = socket;
      socket.io.engine.close();
      await event(socket, 'connect');
      assert.equal(socket.recovered, true);
      assert.equal(socket.id, id);
      assert.equal(await socket.emitWithAck('echo', 'again'), 'again');
    });

    it('survives several heartbeats', async () => {
      const socket = open();
      await event(socket, 'connect');
      await event(socket.io, 'ping');
      await event(socket.io, 'ping');
      assert.equal(await socket.emitWithAck('echo', 'alive'), 'alive');
    });
  });
}
