// The official JavaScript client of Engine.IO 4 over each of its transports. Server: --app engine-client.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { Socket } from 'engine.io-client';
import { URL_BASE, within } from './wire.mjs';

const MAX_PAYLOAD = 100;
const transports = { polling: ['polling'], websocket: ['websocket'], upgrade: ['polling', 'websocket'] };
const sockets = [];

/** The first argument of the next event. */
const event = (socket, name) => within(new Promise((resolve) => socket.once(name, resolve)), name);

for (const [name, list] of Object.entries(transports)) {
  describe(`engine.io-client over ${name}`, () => {
    afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));

    const create = (options = {}) => {
      const socket = new Socket(URL_BASE, { path: '/engine.io/', transports: list, ...options });
      sockets.push(socket);
      return socket;
    };

    /** A socket that was greeted, on the transport it shall end on. */
    const open = async (options) => {
      const socket = create(options);
      const upgraded = list.length > 1 ? event(socket, 'upgrade') : Promise.resolve();
      assert.equal(await event(socket, 'message'), 'hi');
      await upgraded;
      assert.equal(socket.transport.name, list.at(-1));
      return socket;
    };

    const ask = (socket, message) => {
      const answer = event(socket, 'message');
      socket.send(message);
      return answer;
    };

    it('is greeted and echoed', async () => {
      const socket = await open();
      assert.equal(await ask(socket, 'ünï日本😀'), 'ünï日本😀');
    });

    it('exchanges bytes', async () => {
      const socket = await open();
      assert.deepEqual([...Buffer.from(await ask(socket, 'give binary'))], [0, 1, 2, 3, 4]);
      assert.deepEqual([...Buffer.from(await ask(socket, Buffer.from([9, 8, 7])))], [9, 8, 7]);
    });

    it('receives text beyond ASCII', async () => {
      assert.match(await ask(await open(), 'give utf8'), /^[А-яё ]{20,}$/);
    });

    it('splits what it sends by the announced limit', async () => {
      const socket = await open();
      const messages = Array.from({ length: 20 }, (_, i) => `${i}`.padEnd(60, 'x'));
      const got = [];
      const all = new Promise((resolve) => {
        socket.on('message', (message) => got.push(message) === messages.length && resolve());
      });
      messages.forEach((message) => socket.send(message));
      await within(all, 'echoes');
      assert.deepEqual(got, messages);
    });

    it('is closed for a message above the limit', async () => {
      const socket = await open();
      socket.send('x'.repeat(MAX_PAYLOAD + 1));
      await event(socket, 'close');
    });

    it('sees its headers', async () => {
      const socket = await open({ extraHeaders: { 'X-Custom': 'yes' } });
      assert.equal(JSON.parse(await ask(socket, 'sendHeaders'))['x-custom'], 'yes');
    });

    it('can be refused', async () => {
      const socket = create({ query: { deny: 1 } });
      await event(socket, 'error');
    });

    it('survives several heartbeats', async () => {
      const socket = await open();
      for (let i = 0; i < 3; i++) await event(socket, 'ping');
      assert.equal(await ask(socket, 'alive'), 'alive');
    });
  });
}

describe('first response', () => {
  it('sets the cookies, later ones do not', async () => {
    const first = await fetch(`${URL_BASE}/engine.io/?EIO=4&transport=polling`);
    assert.deepEqual(
      first.headers.getSetCookie().map((cookie) => cookie.replace(/Expires=.*/, 'Expires')),
      ['1=1; Max-Age=86400', '2=2; Path=/; HttpOnly; Secure; SameSite=Strict', '3=3; Max-Age=0', '4=4; Expires'],
    );
    const { sid } = JSON.parse((await first.text()).split('\x1e')[0].slice(1));
    const second = await fetch(`${URL_BASE}/engine.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: '4x' });
    assert.deepEqual(second.headers.getSetCookie(), []);
  });

  it('says why it refuses', async () => {
    const refused = await fetch(`${URL_BASE}/engine.io/?EIO=4&transport=polling&deny=1`);
    assert.equal(refused.status, 403);
    assert.equal((await refused.json()).code, 4);
  });
});
