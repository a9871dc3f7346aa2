// usage: node serve.mjs [HUB] [PORT] [CHARTING_LIBRARY]
// Serves this folder to a browser: as a server of yours would, with the hub elsewhere. HUB is by default
// http://127.0.0.1:8080 and must be started with this server's address among `http.allowed-origins`.
// CHARTING_LIBRARY is the folder of TradingView's library, if you have it.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [hub = 'http://127.0.0.1:8080', port = '8081', chartingLibrary] = process.argv.slice(2);
const hubUrl = new URL(hub).origin;
const here = path.dirname(fileURLToPath(import.meta.url));
const lightweight = path.join(here, '../../gateway-verticle/src/main/web/node_modules/lightweight-charts/dist');
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
};

/** Where a path's file is, if there may be one. */
function fileOf(pathname) {
  if (pathname === '/') {
    return path.join(here, 'index.html');
  }
  if (pathname === '/lightweight-charts.js') {
    // What the dashboard's build has installed (`npm ci` in gateway-verticle/src/main/web).
    return path.join(lightweight, 'lightweight-charts.standalone.production.js');
  }
  const [, folder, name] = /^\/(charting_library\/)?((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/.exec(pathname) ?? [];
  if (folder) {
    return chartingLibrary && path.join(chartingLibrary, name);
  }
  return name && path.join(here, name);
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/hub-url.js') {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(`globalThis.HUB_URL = ${JSON.stringify(hubUrl)};\n`);
    return;
  }
  if (pathname.startsWith('/sdk/')) {
    response.writeHead(302, { Location: hubUrl + pathname }).end();
    return;
  }
  try {
    const file = fileOf(pathname);
    const bytes = await readFile(file);
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});

server.listen(Number(port), '127.0.0.1', () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  console.log(`examples ready ${origin}`);
  console.log(`the hub ${hubUrl} needs --set http.allowed-origins=${origin}`);
});
