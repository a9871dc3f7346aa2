import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { CandlehubDatafeed } from '../src/sdk/candlehub-datafeed.js';
import { Candlehub, CandlehubError } from '../src/sdk/candlehub.js';

const MOST_BYTES = 10 * 1024;
const here = fileURLToPath(new URL('..', import.meta.url));
const esbuild = await import('esbuild').catch(() => undefined);
const options = { skip: esbuild ? false : 'needs esbuild (npm ci)' };

async function bundle(name, format) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: here,
    entryPoints: [`src/sdk/${name}.js`],
    bundle: true,
    minify: true,
    format,
    target: ['es2022'],
    write: false,
  });
  return outputFiles[0].text;
}

test('should weigh at most 10 KB compressed and depend on nothing', options, async () => {
  const text = await bundle('candlehub', 'esm');
  const bytes = gzipSync(text, { level: 9 }).length;
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  assert.ok(!/\bimport\b|\brequire\(/.test(text));
});

test('should be there for pages without modules', options, async () => {
  const former = [globalThis.Candlehub, globalThis.CandlehubDatafeed];
  try {
    (0, eval)(await bundle('candlehub.global', 'iife'));
    (0, eval)(await bundle('candlehub-datafeed.global', 'iife'));
    assert.equal(typeof globalThis.Candlehub.Error, 'function');
    assert.equal(typeof globalThis.CandlehubDatafeed.attach, 'function');
  } finally {
    [globalThis.Candlehub, globalThis.CandlehubDatafeed] = former;
  }
});

test('should declare what it offers', async () => {
  const read = (name) => readFile(new URL(`../src/sdk/${name}`, import.meta.url), 'utf8');
  const types = { Candlehub: await read('candlehub.d.ts'), CandlehubDatafeed: await read('candlehub-datafeed.d.ts') };
  for (const type of [Candlehub, CandlehubDatafeed]) {
    const [, body] = new RegExp(`export class ${type.name} \\{([^]*?)\\n\\}`).exec(types[type.name]);
    for (const name of Object.getOwnPropertyNames(type.prototype)) {
      assert.match(body, new RegExp(`\\b${name}\\b`), `${type.name}.${name}`);
    }
  }
  assert.match(types.Candlehub, new RegExp(`export class ${CandlehubError.name} extends Error`));
});
