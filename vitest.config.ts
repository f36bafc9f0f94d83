import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Worker threads load the sources as they are, and each would load the WebAssembly module by which Node strips their types.
// V8 now and then crashes when such a module is freed (`Check failed: jit_page.has_value()`; nodejs/node#64500). From
// Node's cache they get the stripped code, and start in half the time.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Native tensors and SQLite live in each worker; two cores want two workers.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Stores begin empty, without the models that come with the program.
    env: { ESCRIBA_MODELS: 'none' },
  },
});
