import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Native tensors and SQLite live in each worker; two cores want two workers.
    pool: 'forks',
    maxWorkers: 2,
    execArgv: [
      // V8's bookkeeping of code pages under protection keys fails now and then (`Check failed: jit_page.has_value()`).
      '--no-memory-protection-keys',
      // So do its Maglev compiler, where processors are scarce (nodejs/node#64841), and arrays that were shortened at
      // their beginning, in a garbage collection (nodejs/node#62393).
      '--no-maglev',
      '--no-move-object-start',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Stores begin empty, without the models that come with the program.
    env: { ESCRIBA_MODELS: 'none' },
  },
});
