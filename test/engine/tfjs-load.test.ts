import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadTfjsEngine } from '../../src/engine/tfjs/load.ts';
import { temporaryDirectory } from '../store/temporary.ts';

/** A file beside a package `@tensorflow/tfjs-node` of the given code, or of none. */
function besidePackage(code?: string): string {
  const directory = temporaryDirectory();
  if (code !== undefined) {
    const folder = join(directory, 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), code);
  }
  return join(directory, 'main.js');
}

describe('the TensorFlow.js engine', () => {
  beforeEach(() => {
    delete process.env.TF_NUM_INTRAOP_THREADS;
  });

  test('says how to get the package where it is not installed', () => {
    expect(() => loadTfjsEngine(1, besidePackage())).toThrow(
      expect.objectContaining({
        message: 'The tfjs engine needs @tensorflow/tfjs-node, which is not installed.',
        remedy: expect.stringContaining('npm i @tensorflow/tfjs-node'),
      }),
    );
  });

  test('says what is wrong where the package is broken', () => {
    const file = besidePackage("throw new Error('no native addon');");
    expect(() => loadTfjsEngine(1, file)).toThrow(
      '@tensorflow/tfjs-node is installed, but cannot be loaded: no native addon',
    );
  });

  test('gives the package the functions of Node and the threads that it counts on', () => {
    const file = besidePackage(`
      const { isNullOrUndefined } = require('node:util');
      const threads = process.env.TF_NUM_INTRAOP_THREADS;
      const version = { tfjs: [isNullOrUndefined(null), isNullOrUndefined(0), threads].join() };
      module.exports = { version, enableProdMode() {} };
    `);
    const engine = loadTfjsEngine(3, file);
    expect(engine).toMatchObject({ name: 'tfjs', version: 'true,false,3' });
  });
});
