import { setTimeout as wait } from 'node:timers/promises';
import { BadInput } from '../../errors.ts';
import { servingWords } from '../../run/serving-words.ts';
import { isUnderWay, listRuns } from '../../store/runs.ts';
import { servingVerdict } from '../../store/serving.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { bits, count, duration, roughly } from '../format.ts';
import { runChoice, runIdOf } from '../run-choice.ts';
import { withStoreToRead } from '../store.ts';
import { newsOf, type WatchedEvent } from '../watched-run.ts';

/** How often it is looked for news, in milliseconds. */
const lookEvery = 500;

export const watch = defineCommand({
  arguments: {
    run: argument(
      'the number of a run, or latest; without it, the newest in progress',
      runChoice.optional(),
    ),
  },
  options: { json: flag('print each event as a line of JSON') },
  run: (cli, { run, json }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal, now } = cli;
      const id =
        run === undefined ? listRuns(store, now()).find(isUnderWay)?.id : runIdOf(store, run);
      if (id === undefined) {
        throw new BadInput(
          'No training in progress.',
          'Start one with `escriba train bible`, or name a run: `escriba watch RUN`.',
        );
      }
      const news = newsOf(store, id, now);
      let version: number | undefined;
      for (let looks = 0; ; looks++) {
        // A process that dies writes nothing, so it is looked for now and then all the same.
        const next = store.dataVersion();
        if (next !== version || looks % 4 === 0) {
          version = next;
          const events = news();
          for (const event of events) {
            if (json) terminal.json(event);
            else terminal.print(describe(event));
          }
          if (events.some(({ type }) => type === 'end')) {
            if (!json) terminal.print(servingWords(servingVerdict(store, id)));
            return;
          }
        }
        await wait(lookEvery);
      }
    }),
});

function describe(event: WatchedEvent): string {
  switch (event.type) {
    case 'run':
      return `Run ${event.run} is ${event.state}, at step ${count(event.step)}.`;
    case 'step':
      return `step ${count(event.step)}   ${roughly(event.charsPerSecond)} chars/s   ${bits(event.bitsPerCharacter)} bits/char   ${duration(event.secondsLeft ?? 0)} left`;
    case 'evaluation':
      return `Step ${count(event.step)}: ${bits(event.bitsPerCharacter)} bits per character on the held-out part`;
    case 'sample':
      return `  ${(event.seed + event.text).replace(/\s+/g, ' ').trim()}`;
    case 'end':
      return `Run ${event.run} is ${event.state}${event.reason ? `: ${event.reason}` : ''}.`;
  }
}
