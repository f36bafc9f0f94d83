import { defineConfig } from 'vitest/config';

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
