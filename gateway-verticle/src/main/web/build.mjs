/**
 * Builds the page (bundle, style sheet, static files and the licences of what is bundled) and, below `sdk`, what other
 * pages load: as modules, for pages without modules, and their types.
 * Usage: `node build.mjs [OUT_DIR]`; else the environment's OUT_DIR, else the module's class folder.
 */
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, process.argv[2] || process.env.OUT_DIR || '../../../target/classes/webroot');

/** Attribution notices that a package demands but does not ship. */
const NOTICES = {
  'lightweight-charts':
    'TradingView Lightweight Charts™\nCopyright (c) 2026 TradingView, Inc. https://www.tradingview.com/',
};

/** Licence texts of packages that name a licence without shipping its text. */
const UNSHIPPED = {
  'fancy-canvas': `The MIT License (MIT)

Copyright (c) 2019 TradingView, Inc

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};

await mkdir(out, { recursive: true });
const options = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: true,
  legalComments: 'none',
  target: ['es2022'],
  logLevel: 'warning',
};
const bundled = await build({
  ...options,
  entryPoints: { app: 'src/main.js' },
  format: 'iife',
  platform: 'browser',
  metafile: true,
});
await build({ ...options, entryPoints: { app: 'src/app.css' } });
for (const [format, suffix] of [['esm', ''], ['iife', '.global']]) {
  const names = ['candlehub', 'candlehub-datafeed'].map((name) => name + suffix);
  const entryPoints = Object.fromEntries(names.map((name) => [name, `src/sdk/${name}.js`]));
  await build({ ...options, outdir: path.join(out, 'sdk'), entryPoints, format });
}
for (const types of ['candlehub.d.ts', 'candlehub-datafeed.d.ts']) {
  await cp(path.join(here, 'src/sdk', types), path.join(out, 'sdk', types));
}
await cp(path.join(here, 'static'), out, { recursive: true });
await writeFile(path.join(out, 'third-party-licences.txt'), await licences(Object.keys(bundled.metafile.inputs)));

async function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) {
      packages.add(match[1]);
    }
  }
  const parts = await Promise.all([...packages].sort().map(licenceOf));
  return ['The dashboard contains the following third-party software.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(name) {
  const folder = path.join(here, 'node_modules', name);
  const { version, license, homepage } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  const text = file ? (await readFile(path.join(folder, file), 'utf8')).trim() : UNSHIPPED[name];
  if (!text) {
    throw new Error(`no licence text for the bundled package ${name}`);
  }
  const title = [`${name} ${version} (${license})`, homepage].filter(Boolean).join('\n');
  return [title, NOTICES[name], text].filter(Boolean).join('\n\n') + '\n';
}
