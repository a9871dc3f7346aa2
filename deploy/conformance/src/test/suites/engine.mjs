// Engine.IO protocol 4 packet by packet. Server: --app engine.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { PollingClient, SocketClient, URL_BASE, WS_BASE, sleep, staysOpen, upgradeStatus, within } from './wire.mjs';

const PATH = '/engine.io/';
const PING_INTERVAL = 300;
const PING_TIMEOUT = 200;
const MAX_PAYLOAD = 1_000_000;
const clients = [];

afterEach(() => clients.splice(0).forEach((client) => client.stop()));

const keep = (client) => {
  clients.push(client);
  return client;
};

/** A polling session by hand: nothing polls unless told. */
async function session() {
  const response = await fetch(`${URL_BASE}${PATH}?EIO=4&transport=polling`);
  const { sid } = JSON.parse((await response.text()).slice(1));
  const url = `${URL_BASE}${PATH}?EIO=4&transport=polling&sid=${sid}`;
  return { sid, url, get: () => fetch(url), post: (body, headers = {}) => fetch(url, { method: 'POST', body, headers }) };
}

/** A WebSocket for a session that has none yet. */
function offer(sid) {
  return keep(new SocketClient(`${WS_BASE}${PATH}?EIO=4&transport=websocket&sid=${sid}`));
}

const opened = (client) => within(new Promise((resolve) => client.socket.once('open', resolve)), 'open');

describe('handshake', () => {
  it('opens a session over polling', async () => {
    const response = await fetch(`${URL_BASE}${PATH}?EIO=4&transport=polling`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/plain; ?charset=utf-8$/i);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const packet = await response.text();
    assert.equal(packet[0], '0');
    const { sid, ...rest } = JSON.parse(packet.slice(1));
    assert.match(sid, /^[\w-]{16,}$/);
    assert.deepEqual(rest, { upgrades: ['websocket'], pingInterval: PING_INTERVAL, pingTimeout: PING_TIMEOUT, maxPayload: MAX_PAYLOAD });
  });

  it('opens a session over WebSocket', async () => {
    const { sid, ...rest } = keep(await SocketClient.open(PATH)).handshake;
    assert.match(sid, /^[\w-]{16,}$/);
    assert.deepEqual(rest, { upgrades: [], pingInterval: PING_INTERVAL, pingTimeout: PING_TIMEOUT, maxPayload: MAX_PAYLOAD });
  });

  const refused = [
    ['no transport', 'EIO=4', 0],
    ['unknown transport', 'EIO=4&transport=abc', 0],
    ['transport from a prototype', 'EIO=4&transport=constructor', 0],
    ['no version', 'transport=polling', 5],
    ['version that is none', 'EIO=abc&transport=polling', 5],
    ['older version', 'EIO=3&transport=polling', 5],
    ['unknown session', 'EIO=4&transport=polling&sid=nosuch', 1],
    ['session from a prototype', 'EIO=4&transport=polling&sid=__proto__', 1],
    ['WebSocket without upgrade', 'EIO=4&transport=websocket', 3],
  ];
  for (const [what, query, code] of refused) {
    it(`refuses over HTTP: ${what}`, async () => {
      const response = await fetch(`${URL_BASE}${PATH}?${query}`);
      assert.equal(response.status, 400);
      assert.match(response.headers.get('content-type'), /json/);
      const body = await response.json();
      assert.equal(body.code, code);
      assert.equal(typeof body.message, 'string');
    });
  }

  it('refuses a POST without a session', async () => {
    const response = await fetch(`${URL_BASE}${PATH}?EIO=4&transport=polling`, { method: 'POST', body: '4x' });
    assert.equal(response.status, 400);
    assert.equal((await response.json()).code, 2);
  });

  for (const query of ['transport=websocket', 'EIO=abc&transport=websocket', 'EIO=4', 'EIO=4&transport=abc', 'EIO=4&transport=websocket&sid=nosuch']) {
    it(`refuses an upgrade: ${query}`, async () => {
      assert.equal(await upgradeStatus(`${PATH}?${query}`), 400);
    });
  }

  it('lets pages of other origins in', async () => {
    const response = await fetch(`${URL_BASE}${PATH}?EIO=4&transport=polling`, { headers: { Origin: 'http://page.invalid' } });
    assert.ok(['*', 'http://page.invalid'].includes(response.headers.get('access-control-allow-origin')));
  });

  it('ignores a cache buster and unknown parameters', async () => {
    const response = await fetch(`${URL_BASE}${PATH}?EIO=4&transport=polling&t=abc&x=%20y`);
    assert.equal(response.status, 200);
  });
});

describe('messages over polling', () => {
  it('echoes text', async () => {
    const { post, get } = await session();
    const answer = await post('4hello');
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), 'ok');
    const poll = await get();
    assert.match(poll.headers.get('content-type'), /^text\/plain; ?charset=utf-8$/i);
    assert.equal(await poll.text(), '4hello');
  });

  it('echoes several packets in order, text beyond ASCII too', async () => {
    const { post, get } = await session();
    await post('4test1\x1e4žluť\x1e4日本😀');
    assert.equal(await (await get()).text(), '4test1\x1e4žluť\x1e4日本😀');
  });

  it('echoes bytes', async () => {
    const { post, get } = await session();
    await post('bAQIDBA==');
    assert.equal(await (await get()).text(), 'bAQIDBA==');
  });

  it('takes bytes in lines, as the Java client sends them', async () => {
    const { post, get } = await session();
    await post('bAQID\r\nBA==\n');
    assert.equal(await (await get()).text(), 'bAQIDBA==');
  });

  it('waits for something to send', async () => {
    const { post, get } = await session();
    const poll = get();
    await staysOpen(poll, 100);
    await post('4late');
    assert.equal(await (await poll).text(), '4late');
  });

  for (const body of ['abc', '', '7', '4a\x1ex', 'b*']) {
    it(`closes on a body that is no packet: ${JSON.stringify(body)}`, async () => {
      const { post, get } = await session();
      await (await post(body)).text();
      assert.equal((await get()).status, 400);
    });
  }

  it('closes on a second poll', async () => {
    const { get } = await session();
    const polls = await Promise.all([get(), get()]);
    const statuses = polls.map((response) => response.status).sort();
    assert.equal(statuses[0], 200);
    assert.ok(statuses[1] >= 400);
    assert.equal(await polls.find((response) => response.status === 200).text(), '1');
    assert.equal((await get()).status, 400);
  });

  it('closes when a waiting poll is abandoned', async () => {
    const { url, get } = await session();
    const stopped = new AbortController();
    const poll = fetch(url, { signal: stopped.signal });
    await staysOpen(poll.catch(() => sleep(2_000)), 50);
    stopped.abort();
    await sleep(50);
    assert.equal((await get()).status, 400);
  });

  it('takes quick posts one after the other', async () => {
    const { post, get } = await session();
    for (let i = 0; i < 50; i++) assert.equal(await (await post(`4${i}`)).text(), 'ok');
    assert.equal(await (await get()).text(), Array.from({ length: 50 }, (_, i) => `4${i}`).join('\x1e'));
  });

  it('refuses a body above the limit', async () => {
    const { post } = await session();
    assert.equal((await post('4' + 'x'.repeat(MAX_PAYLOAD))).status, 413);
  });

  it('takes a body at the limit', async () => {
    const { post, get } = await session();
    const body = '4' + 'x'.repeat(MAX_PAYLOAD - 1);
    assert.equal((await post(body)).status, 200);
    assert.equal(await (await get()).text(), body);
  });

  it('refuses the binary body of the older protocol', async () => {
    const { post, get } = await session();
    assert.equal((await post('4x', { 'Content-Type': 'application/octet-stream' })).status, 400);
    assert.equal((await get()).status, 400);
  });

  it('refuses other methods', async () => {
    const { url } = await session();
    assert.ok((await fetch(url, { method: 'PUT', body: 'x' })).status >= 400);
    assert.ok((await fetch(url, { method: 'DELETE' })).status >= 400);
  });

  it('does not mix sessions up', async () => {
    const many = await Promise.all(Array.from({ length: 30 }, session));
    await Promise.all(many.map(({ sid, post }) => post(`4${sid}`)));
    const echoes = await Promise.all(many.map(async ({ get }) => (await get()).text()));
    assert.deepEqual(echoes, many.map(({ sid }) => `4${sid}`));
  });
});

describe('messages over WebSocket', () => {
  it('echoes text and bytes', async () => {
    const client = keep(await SocketClient.open(PATH));
    client.send('4hello');
    assert.equal(await client.next(), '4hello');
    client.send(Buffer.from([1, 2, 3, 4]));
    assert.deepEqual(await client.next(), Buffer.from([1, 2, 3, 4]));
  });

  for (const packet of ['abc', '7', '']) {
    it(`closes on what is no packet: ${JSON.stringify(packet)}`, async () => {
      const client = keep(await SocketClient.open(PATH));
      client.send(packet);
      await client.closed(PING_INTERVAL);
    });
  }

  it('closes with 1009 on a message above the limit', async () => {
    const client = keep(await SocketClient.open(PATH));
    client.send('4' + 'x'.repeat(MAX_PAYLOAD));
    assert.equal(await client.closed(), 1009);
  });
});

for (const [name, Transport] of Object.entries({ polling: PollingClient, websocket: SocketClient })) {
  describe(`heartbeat over ${name}`, () => {
    it('goes on while it is answered', async () => {
      const client = keep(await Transport.open(PATH));
      await staysOpen(client.ended, 3 * (PING_INTERVAL + 100));
      assert.ok(client.pings >= 3, `${client.pings} pings`);
    });

    it('ends a session that does not answer', async () => {
      const client = keep(await Transport.open(PATH));
      client.answersPings = false;
      const began = performance.now();
      await client.closed();
      const took = performance.now() - began;
      assert.ok(took > PING_INTERVAL && took < PING_INTERVAL + PING_TIMEOUT + 200, `closed after ${took} ms`);
    });

    it('ends a session whose client pings', async () => {
      const client = keep(await Transport.open(PATH));
      client.send('2');
      await client.closed(PING_INTERVAL);
    });

    it('takes an answer nobody asked for', async () => {
      const client = keep(await Transport.open(PATH));
      client.send('3');
      client.send('4fine');
      assert.equal(await client.next(), '4fine');
    });
  });
}

describe('close', () => {
  it('ends a session that nobody polls after its time, to the tick', async () => {
    const { get } = await session();
    await sleep(PING_INTERVAL + PING_TIMEOUT);
    assert.equal((await get()).status, 400);
  });

  it('answers the waiting poll when a client leaves', async () => {
    const { post, get } = await session();
    const waiting = get();
    await staysOpen(waiting, 30);
    const answer = await post('1');
    assert.deepEqual([answer.status, await answer.text()], [200, 'ok']);
    const poll = await waiting;
    assert.deepEqual([poll.status, await poll.text()], [200, '6']);
    assert.equal((await get()).status, 400);
  });

  it('ends a WebSocket upon the close packet', async () => {
    const client = keep(await SocketClient.open(PATH));
    client.send('1');
    await client.closed();
  });
});

describe('upgrade', () => {
  /** A WebSocket whose probe was answered. */
  const probed = async (sid) => {
    const client = offer(sid);
    await opened(client);
    client.send('2probe');
    assert.equal(await client.next(), '3probe');
    return client;
  };

  it('moves a session from polling to WebSocket', async () => {
    const { sid, get, post } = await session();
    const client = await probed(sid);
    assert.equal(await (await get()).text(), '6');
    client.send('5');
    client.send('4hello');
    assert.equal(await client.next(), '4hello');
    const late = await get();
    assert.equal(late.status, 400);
    assert.equal((await late.json()).code, 3);
    assert.equal((await post('4x')).status, 400);
  });

  it('ends the poll that is waiting', async () => {
    const { sid, get } = await session();
    const poll = get();
    await probed(sid);
    assert.equal(await (await within(poll, 'end of the poll', PING_INTERVAL)).text(), '6');
  });

  it('loses, doubles and swaps nothing', async () => {
    const { sid, get, post } = await session();
    const client = offer(sid);
    await opened(client);
    const got = [];
    for (let i = 0; i < 10; i++) await post(`4${i}`);
    client.send('2probe');
    assert.equal(await client.next(), '3probe');
    for (let i = 10; i < 20; i++) await post(`4${i}`);
    got.push(...(await (await get()).text()).split('\x1e').filter((packet) => packet !== '6'));
    client.send('5');
    for (let i = 20; i < 30; i++) client.send(`4${i}`);
    while (got.length < 30) got.push(await client.next());
    assert.deepEqual(got, Array.from({ length: 30 }, (_, i) => `4${i}`));
    await sleep(50);
    assert.equal(client.inbox.size, 0);
  });

  it('closes a second WebSocket and goes on with the first', async () => {
    const { sid } = await session();
    const client = await probed(sid);
    const second = offer(sid);
    await second.closed();
    client.send('5');
    client.send('4still here');
    assert.equal(await client.next(), '4still here');
    await offer(sid).closed();
    client.send('4and here');
    assert.equal(await client.next(), '4and here');
  });

  it('closes a WebSocket whose first packet is another', async () => {
    const { sid, get, post } = await session();
    const client = offer(sid);
    await opened(client);
    client.send('4hello');
    await client.closed();
    await post('4polling goes on');
    assert.equal(await (await get()).text(), '4polling goes on');
  });

  it('stays on polling if the WebSocket ends before the upgrade', async () => {
    const { sid, get, post } = await session();
    const client = await probed(sid);
    client.stop();
    await client.closed();
    await sleep(50);
    await post('4polling goes on');
    let packets = [];
    while (!packets.includes('4polling goes on')) packets = (await (await get()).text()).split('\x1e');
  });

  it('keeps the heartbeat going', async () => {
    const { sid, get } = await session();
    const client = await probed(sid);
    await (await get()).text();
    client.send('5');
    await staysOpen(client.ended, 3 * (PING_INTERVAL + 100));
    assert.ok(client.pings >= 3, `${client.pings} pings`);
  });
});
