// The peer of the fan-out measurement: each line on standard input is an update, which goes to its stream's room.
import { createInterface } from 'node:readline';
import { Server } from 'socket.io';
import { createServer } from 'node:http';

const http = createServer();
const io = new Server(http);
io.on('connection', (socket) => {
  socket.on('chart:focus', ({ symbol }, acknowledge) => {
    socket.join(symbol);
    acknowledge({ ok: true });
  });
});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'heap') {
      global.gc();
      global.gc();
      console.log(process.memoryUsage().heapUsed);
      return;
    }
    const [stream, , json] = line.split('\t', 3);
    io.to(stream).emit('chart:update', JSON.parse(json));
  })
  .on('close', () => process.exit());
http.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${http.address().port}`));
