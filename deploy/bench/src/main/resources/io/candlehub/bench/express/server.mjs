// The peer of the REST measurement: one array of bars, serialised for every request or sent as it was serialised once.
import express from 'express';
import { readFileSync } from 'node:fs';

const answer = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const serialised = Buffer.from(JSON.stringify(answer));
const app = express();
app.get('/json', (request, response) => response.json(answer));
app.get('/buffer', (request, response) => response.type('application/json').send(serialised));
const server = app.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
