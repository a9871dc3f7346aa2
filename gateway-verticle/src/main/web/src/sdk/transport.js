/**
 * Ways to the server: `(url, auth, on) => {emit(event, body, acknowledge), close()}`, one connection each. `on` hears
 * `up()`, `event(name, body)` and, exactly once and as the last, `down(error)`; an error with a code is the server's
 * own refusal.
 */

const PATH = '/socket.io/';
/** Longest wait for the handshake; the server then names its own times. */
const HANDSHAKE_MILLIS = 20_000;

/** Why a connection was closed: a reason in capitals is one of the server's codes, after which to come back. */
function closed(reason) {
  return /^[A-Z_]+$/.test(reason)
    ? { code: reason, message: `closed by the server: ${reason}`, retryable: true }
    : { message: reason || 'connection lost' };
}

/**
 * Speaks Socket.IO 5 over Engine.IO 4 on a WebSocket itself: the main namespace, text only, which is all the hub sends.
 *
 * @param Socket a WebSocket constructor
 * @param timers `{setTimeout, clearTimeout}`
 */
export function overWebSocket(Socket, timers) {
  return (url, auth, on) => {
    const socket = new Socket(`${url.replace(/^http/, 'ws')}${PATH}?EIO=4&transport=websocket`);
    const waiting = new Map();
    let nextId = 0;
    let longestSilence = HANDSHAKE_MILLIS;
    let watch;
    let isOpen = true;

    const down = (error) => {
      if (isOpen) {
        isOpen = false;
        timers.clearTimeout(watch);
        socket.close();
        on.down(error);
      }
    };
    const listen = () => {
      timers.clearTimeout(watch);
      watch = timers.setTimeout(() => down({ message: 'no sign of the server' }), longestSilence);
    };
    const handlers = {
      0: ({ pingInterval, pingTimeout }) => {
        longestSilence = pingInterval + pingTimeout;
        listen();
        socket.send(`40${auth ? JSON.stringify(auth) : ''}`);
      },
      1: () => down({ message: 'closed by the server' }),
      2: () => socket.send('3'),
      40: () => on.up(),
      41: () => down({ message: 'ended by the server' }),
      42: ([event, body]) => on.event(event, body),
      43: ([answer], id) => {
        const acknowledge = waiting.get(id);
        waiting.delete(id);
        acknowledge?.(answer);
      },
      44: (refusal) => down({ message: refusal?.message, ...refusal?.data }),
    };

    socket.onmessage = ({ data }) => {
      if (!isOpen) {
        return;
      }
      listen();
      const [, type, id, json] = /^(4\d|\d)(\d*)([^]*)$/.exec(data) ?? [];
      let payload;
      try {
        payload = json ? JSON.parse(json) : undefined;
      } catch {
        down({ message: 'the server sent what cannot be read' });
        return;
      }
      handlers[type]?.(payload, id);
    };
    socket.onclose = ({ reason } = {}) => down(closed(reason));
    socket.onerror = () => down({ message: 'connection failed' });
    listen();

    return {
      emit: (event, body, acknowledge) => {
        const id = acknowledge ? String(nextId++) : '';
        if (acknowledge) {
          waiting.set(id, acknowledge);
        }
        socket.send(`42${id}${JSON.stringify([event, body])}`);
      },
      close: () => down(),
    };
  };
}

/**
 * Goes through the official client, for networks that let no WebSocket pass: it can poll.
 *
 * @param io the `io` function of socket.io-client 4
 */
export function overSocketIo(io) {
  return (url, auth, on) => {
    const socket = io(url, { path: PATH, auth, reconnection: false, forceNew: true });
    let isOpen = true;
    const down = (error) => {
      if (isOpen) {
        isOpen = false;
        socket.disconnect();
        on.down(error);
      }
    };
    socket.on('connect', () => on.up());
    socket.on('connect_error', (error) => down({ message: error?.message, ...error?.data }));
    socket.on('disconnect', (reason) => down({ message: reason }));
    socket.onAny((event, body) => isOpen && on.event(event, body));
    return {
      emit: (event, body, acknowledge) => socket.emit(event, body, ...(acknowledge ? [acknowledge] : [])),
      close: () => down(),
    };
  };
}
