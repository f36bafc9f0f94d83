import { EscribaError } from '../../errors.ts';
import { checkAll } from '../checks.ts';
import { defineCommand, flag } from '../define-command.ts';
import { counted } from '../format.ts';

const colours = { fine: 'green', missing: 'yellow', unknown: 'yellow', wrong: 'red' } as const;

export const doctor = defineCommand({
  arguments: {},
  options: { json: flag('print the results as JSON') },
  run: async (cli, { json }) => {
    const { terminal } = cli;
    const checks = await checkAll(cli);
    if (json) terminal.json({ checks });
    for (const { name, state, found, remedy } of json ? [] : checks) {
      const sign = terminal.styled(colours[state], state.padEnd(7));
      terminal.print(`${sign}  ${name.padEnd(14)}  ${found}`);
      if (remedy) terminal.print(`${' '.repeat(25)}${remedy}`);
    }
    const wrong = checks.filter(({ state }) => state === 'wrong');
    if (wrong.length === 0) return;
    const names = wrong.map(({ name }) => name).join(', ');
    throw new EscribaError(`${counted(wrong.length, 'problem')}: ${names}.`, 'See the fix above.');
  },
});
