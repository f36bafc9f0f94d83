import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const gigabytes = 8;

// Node strips the types of the program's files by a WebAssembly module of its own in each thread, which takes most of it.
test.runIf(process.platform === 'linux')(
  `a training of two threads fits ${gigabytes} GB of addresses`,
  async () => {
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      `ulimit -v ${gigabytes * 1024 * 1024}; exec "$0" "$1"`,
      process.execPath,
      new URL('./one-step.ts', import.meta.url).pathname,
    ]);
    expect(Number(stdout)).toBeCloseTo(Math.log(7), 5);
  },
);
