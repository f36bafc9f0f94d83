import { networkNotation } from '../../network/notation.ts';
import { listRuns, type Run } from '../../store/runs.ts';
import { defineCommand, flag } from '../define-command.ts';
import { age, bits } from '../format.ts';
import { withStoreToRead } from '../store.ts';
import { table } from '../table.ts';

const columns = [
  { title: 'RUN', right: true },
  { title: 'STATE' },
  { title: 'CORPUS', gives: true },
  { title: 'NETWORK' },
  { title: 'BITS/CHAR', right: true },
  { title: 'AGE', right: true },
] as const;

export const runs = defineCommand({
  arguments: {},
  options: { json: flag('print all runs as a JSON array') },
  run: (cli, { json }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const listed = listRuns(store, now());
      const all = [...listed.filter(isPinned), ...listed.filter((run) => !isPinned(run))];
      if (json) {
        terminal.json(all.map(({ vocabulary: _, ...run }) => run));
        return;
      }
      if (all.length === 0) {
        terminal.note('There are no runs yet. Start one with `escriba train bible`.');
        return;
      }
      const isLabelled = all.some(({ name, pinned }) => name !== null || pinned);
      const rows = all.map(({ id, state, corpus, network, best, created, name, pinned }) => [
        String(id),
        state,
        corpus,
        networkNotation(network),
        best ? bits(best.bitsPerCharacter) : '-',
        age(now() - created),
        `${pinned ? '* ' : ''}${name ?? ''}`,
      ]);
      const [header = '', ...lines] = table(
        isLabelled ? [...columns, { title: 'NAME' }] : columns,
        rows,
        terminal.width,
      );
      terminal.print(terminal.styled('bold', header));
      for (const line of lines) terminal.print(line);
    }),
});

const isPinned = ({ pinned }: Run) => pinned;
