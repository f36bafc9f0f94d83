import { pageOf } from '../../../tui/theme/background.ts';
import { defineCommand } from '../define-command.ts';
import { openUsersStore, withStoreToRead } from '../store.ts';

/** A screen that stands still for longer is one that hangs: it would rather say that the store is busy. */
const busyTimeout = 1000;

export const dashboard = defineCommand({
  arguments: {},
  options: {},
  run: async (cli) => {
    const { environment, now } = cli;
    const { stdin: input, stdout: output } = process;
    if (!input.isTTY || !output.isTTY || environment.TERM === 'dumb') {
      const { printStatus } = await import('../status-page.ts');
      await withStoreToRead(cli, (store) => printStatus(cli, store));
      return;
    }
    const store = openUsersStore(cli, { busyTimeout });
    try {
      // React looks at it when it is read: what it checks while one builds would cost half of each frame.
      process.env.NODE_ENV ??= 'production';
      // The terminal answers while React and Ink are read.
      const page = pageOf(input, output, environment);
      const { runDashboard } = await readDashboard();
      await runDashboard({ store, input, output, page: await page, environment, now });
    } finally {
      store.close();
    }
  },
});

/**
 * What lays out its pages (Yoga) would `fetch` its own WebAssembly, which it has at hand: for that alone Node would load
 * its HTTP client, at three quarters of the time that Yoga takes.
 */
async function readDashboard() {
  const { fetch } = globalThis;
  Reflect.deleteProperty(globalThis, 'fetch');
  try {
    return await import('../../../tui/dashboard.tsx');
  } finally {
    globalThis.fetch = fetch;
  }
}
