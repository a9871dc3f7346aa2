// Socket.IO protocol 5 packet by packet, over each transport. Server: --app socketio.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { PollingClient, SocketClient, staysOpen } from './wire.mjs';

const PATH = '/socket.io/';
const CONNECT_TIMEOUT = 1_000;
const transports = { websocket: SocketClient, polling: PollingClient };
const clients = [];

for (const [name, Transport] of Object.entries(transports)) {
  describe(`Socket.IO over ${name}`, () => {
    afterEach(() => clients.splice(0).forEach((client) => client.stop()));

    const open = async () => {
      const client = await Transport.open(PATH);
      clients.push(client);
      return client;
    };

    /** A client that has joined the main namespace and read the greeting. */
    const join = async () => {
      const client = await open();
      client.send('40');
      client.sid = JSON.parse((await client.next()).slice(2)).sid;
      assert.equal(await client.next(), '42["auth",{}]');
      return client;
    };

    describe('connect', () => {
      it('joins the main namespace and gets exactly a public id', async () => {
        const client = await open();
        client.send('40');
        const reply = await client.next();
        assert.ok(reply.startsWith('40{'));
        assert.deepEqual(Object.keys(JSON.parse(reply.slice(2))), ['sid']);
        assert.notEqual(JSON.parse(reply.slice(2)).sid, client.handshake.sid);
        assert.equal(await client.next(), '42["auth",{}]');
      });

      it('hands over the payload', async () => {
        const client = await open();
        client.send('40{"token":"123"}');
        assert.match(await client.next(), /^40\{/);
        assert.equal(await client.next(), '42["auth",{"token":"123"}]');
      });

      for (const packet of ['40/custom,', '40/custom']) {
        it(`joins a custom namespace by ${packet}`, async () => {
          const client = await open();
          client.send(packet);
          assert.match(await client.next(), /^40\/custom,\{"sid":"[^"]+"\}$/);
          assert.equal(await client.next(), '42/custom,["auth",{}]');
        });
      }

      it('joins a custom namespace with a payload', async () => {
        const client = await open();
        client.send('40/custom,{"token":"abc"}');
        assert.match(await client.next(), /^40\/custom,/);
        assert.equal(await client.next(), '42/custom,["auth",{"token":"abc"}]');
      });

      for (const packet of ['40/random', '40/random,']) {
        it(`refuses an unknown namespace and stays open: ${packet}`, async () => {
          const client = await open();
          client.send(packet);
          assert.equal(await client.next(), '44/random,{"message":"Invalid namespace"}');
          client.send('40');
          assert.match(await client.next(), /^40\{/);
        });
      }

      for (const packet of ['4abc', '40[]', '40"x"', '40null', '4', '47', '40{', '42["early"]', '41', '43["x"]', '44{"message":"x"}']) {
        it(`closes on a first packet that is no connect: ${packet}`, async () => {
          const client = await open();
          client.send(packet);
          await client.closed(CONNECT_TIMEOUT / 2);
        });
      }

      it('closes when nothing is joined in time', async () => {
        const client = await open();
        const began = performance.now();
        await client.closed();
        assert.ok(performance.now() - began > CONNECT_TIMEOUT - 100, 'closed too early');
      });

      it('closes on a second connect to the same namespace', async () => {
        const client = await join();
        client.send('40');
        await client.closed();
      });
    });

    describe('disconnect', () => {
      it('leaves the main namespace without a reply, and the connection stays', async () => {
        const client = await join();
        client.send('41');
        await staysOpen(client.ended, 800);
        assert.equal(client.inbox.size, 0);
        assert.ok(client.pings >= 1, 'heartbeat ended');
        client.send('40');
        assert.match(await client.next(), /^40\{/);
      });

      for (const packet of ['41/custom,', '41/custom']) {
        it(`leaves a custom namespace alone by ${packet}`, async () => {
          const client = await join();
          client.send('40/custom');
          await client.next();
          await client.next();
          client.send(packet);
          client.send('42["message","still here"]');
          assert.equal(await client.next(), '42["message-back","still here"]');
        });
      }

      it('closes on an event for a namespace that was left', async () => {
        const client = await join();
        client.send('41');
        client.send('42["message","too late"]');
        await client.closed();
      });
    });

    describe('event', () => {
      it('is echoed with all kinds of arguments', async () => {
        const client = await join();
        client.send('42["message",1,"2",{"3":[true]},null,-4.5]');
        assert.equal(await client.next(), '42["message-back",1,"2",{"3":[true]},null,-4.5]');
      });

      it('keeps text beyond ASCII', async () => {
        const client = await join();
        client.send('42["message","žluťoučký 日本 😀"]');
        assert.equal(await client.next(), '42["message-back","žluťoučký 日本 😀"]');
      });

      it('carries attachments', async () => {
        const client = await join();
        client.send('452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
        client.send(Buffer.from([1, 2, 3]));
        client.send(Buffer.from([4, 5, 6]));
        assert.equal(await client.next(), '452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
        assert.deepEqual(await client.next(), Buffer.from([1, 2, 3]));
        assert.deepEqual(await client.next(), Buffer.from([4, 5, 6]));
      });

      it('carries attachments in any depth and order', async () => {
        const client = await join();
        client.send('452-["message",{"a":[{"_placeholder":true,"num":1}]},{"_placeholder":true,"num":0}]');
        client.send(Buffer.from([1]));
        client.send(Buffer.from([2]));
        assert.match(await client.next(), /^452-\["message-back",\{"a":\[/);
        assert.deepEqual(await client.next(), Buffer.from([2]));
        assert.deepEqual(await client.next(), Buffer.from([1]));
      });

      it('takes placeholders of a plain event as data', async () => {
        const client = await join();
        client.send('42["message",{"_placeholder":true,"num":7}]');
        assert.equal(await client.next(), '42["message-back",{"_placeholder":true,"num":7}]');
      });

      for (const id of ['0', '13', '9007199254740991']) {
        it(`is acknowledged by its id ${id}`, async () => {
          const client = await join();
          client.send(`42${id}["message-with-ack",1,"2",{"3":[false]}]`);
          assert.equal(await client.next(), `43${id}[1,"2",{"3":[false]}]`);
        });
      }

      it('is acknowledged with attachments', async () => {
        const client = await join();
        client.send('452-789["message-with-ack",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
        client.send(Buffer.from([1, 2, 3]));
        client.send(Buffer.from([4, 5, 6]));
        assert.equal(await client.next(), '462-789[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
        assert.deepEqual(await client.next(), Buffer.from([1, 2, 3]));
        assert.deepEqual(await client.next(), Buffer.from([4, 5, 6]));
      });

      it('is ignored if nobody knows it, as is an answer nobody asked for', async () => {
        const client = await join();
        client.send('42["unheard of"]');
        client.send('43999["unasked"]');
        client.send('42["message","next"]');
        assert.equal(await client.next(), '42["message-back","next"]');
      });

      it('keeps the order', async () => {
        const client = await join();
        for (let i = 0; i < 200; i++) client.send(`42["message",${i}]`);
        for (let i = 0; i < 200; i++) assert.equal(await client.next(), `42["message-back",${i}]`);
      });
    });

    describe('rules', () => {
      const broken = {
        'unknown packet type': ['4abc'],
        'type beyond the last': ['47["message"]'],
        'no array': ['42{}'],
        'text for an array': ['42"x"'],
        'empty array': ['42[]'],
        'name that is an object': ['42[{}]'],
        'name that is null': ['42[null]'],
        'trailing garbage': ['42["message"]x'],
        'negative id': ['42-1["message-with-ack"]'],
        'reserved name connect': ['42["connect"]'],
        'reserved name disconnecting': ['42["disconnecting"]'],
        'reserved name newListener': ['42["newListener"]'],
        'attachments that are no number': ['45x-["message"]'],
        'attachments without a dash': ['451["message"]'],
        'negative attachments': ['45-1-["message"]'],
        'placeholder out of range': ['451-["message",{"_placeholder":true,"num":5}]', Buffer.from([1])],
        'placeholder that is no number': ['451-["message",{"_placeholder":true,"num":"splice"}]', Buffer.from([1])],
        'eleven attachments': [`4511-["message"]`, ...Array.from({ length: 11 }, () => Buffer.from([1]))],
        'bytes nobody announced': [Buffer.from([1])],
        'text while bytes are due': ['451-["message",{"_placeholder":true,"num":0}]', '42["message"]'],
        'connect error of a client': ['44{"message":"x"}'],
        'disconnect with a payload': ['41{}'],
        'namespace never joined': ['42/custom,["message"]'],
      };
      for (const [rule, packets] of Object.entries(broken)) {
        it(`closes on: ${rule}`, async () => {
          const client = await join();
          for (const packet of packets) client.send(packet);
          await client.closed();
        });
      }

      it('serves others after all that', async () => {
        const client = await join();
        client.send('42["message","fine"]');
        assert.equal(await client.next(), '42["message-back","fine"]');
      });
    });

    it('keeps an idle connection by its heartbeat', async () => {
      const client = await join();
      await staysOpen(client.ended, 1_500);
      assert.ok(client.pings >= 3, `${client.pings} pings`);
    });
  });
}


