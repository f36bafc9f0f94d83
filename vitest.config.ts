import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Native tensors and SQLite live in each worker; two cores want two workers.
    pool: 'forks',
    maxWorkers: 2,
    // V8's bookkeeping of code pages under protection keys fails now and then (`Check failed: jit_page.has_value()`).
    execArgv: ['--no-memory-protection-keys'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Stores begin empty, without the models that come with the program.
    env: { ESCRIBA_MODELS: 'none' },
  },
});
