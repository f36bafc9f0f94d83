import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Threads load sources as they are, and Node strips their types by WebAssembly, in each thread anew; as that is freed, V8
// fails now and then (`Check failed: jit_page.has_value()`, or by SIGSEGV; nodejs/node#64500). With Node's cache it is
// done once.
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
