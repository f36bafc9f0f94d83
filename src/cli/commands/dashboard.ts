import { openStore } from '../../store/open.ts';
import { databasePath } from '../../store/path.ts';
import { defineCommand } from '../define-command.ts';
import { programRoot } from '../root.ts';
import { printStatus } from '../status-page.ts';

/** A screen that stands still for longer is one that hangs: it would rather say that the store is busy. */
const busyTimeout = 1000;

export const dashboard = defineCommand({
  arguments: {},
  options: {},
  run: async (cli) => {
    const { environment, now } = cli;
    const store = openStore(databasePath(environment, programRoot()), { busyTimeout });
    try {
      const { stdin: input, stdout: output } = process;
      if (!input.isTTY || !output.isTTY) {
        await printStatus(cli, store);
        return;
      }
      // React looks at it when it is read: what it checks while one builds would cost half of each frame.
      process.env.NODE_ENV ??= 'production';
      const { runDashboard } = await import('../../../tui/dashboard.tsx');
      await runDashboard({ store, input, output, environment, now });
    } finally {
      store.close();
    }
  },
});
