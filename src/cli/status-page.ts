import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { titleOfCorpus } from '../../data/books.ts';
import { passageKindOf } from '../run/corpora.ts';
import { networkAt } from '../run/models.ts';
import { usualDraw } from '../sample/draw.ts';
import { findBot } from '../store/bot-heartbeat.ts';
import type { Store } from '../store/database.ts';
import { isUnderWay, listRuns, type Run } from '../store/runs.ts';
import { listServing } from '../store/serving.ts';
import type { Cli } from './define-command.ts';
import { age, bits, count, counted, describeNetwork } from './format.ts';
import { describeModel } from './model.ts';
import { writeText } from './write-text.ts';

/** Runs that are named, the newest. */
const namedRuns = 5;

/** How everything stands, for where there is no terminal: trainings, runs, the bot, and a fresh passage of each book. */
export async function printStatus(cli: Cli, store: Store): Promise<void> {
  const { terminal, now } = cli;
  const runs = listRuns(store, now());
  if (runs.length === 0) {
    terminal.print('Nothing has been trained yet. Start with `escriba train bible`.');
    sayHowToType(cli);
    return;
  }
  const under = runs.filter(isUnderWay);
  if (under.length === 0) terminal.print('No training in progress.');
  for (const run of under) terminal.print(`Training: ${describeRun(run)}.`);
  const bot = findBot(store, now());
  if (bot?.alive) {
    const { connected, servers } = bot.info;
    terminal.print(
      `The bot ${connected ? `is on Discord, in ${counted(servers, 'server')}` : 'is connecting'}.`,
    );
  } else terminal.print('The bot is not running. Start it with `escriba bot`.');
  terminal.print('');
  for (const run of runs.slice(0, namedRuns)) {
    terminal.print(
      `Run ${run.id}, ${stateOf(run)}, ${age(now() - run.created)} ago: ${describeRun(run)}.`,
    );
  }
  if (runs.length > namedRuns)
    terminal.print(`And ${count(runs.length - namedRuns)} more: see \`escriba runs\`.`);
  for (const { corpus, checkpoint } of listServing(store)) {
    const model = networkAt(store, checkpoint, now());
    terminal.print('');
    terminal.print(`${titleOfCorpus(corpus)}, written by ${describeModel(model)}:`);
    terminal.print('');
    const stop = { passages: 2, passageKind: passageKindOf(store, corpus), characters: 600 };
    const request = { ...usualDraw, ...stop };
    const randomSeed = randomInt(2 ** 32);
    const { pieces } = writeText(model, { ...request, seed: '', randomSeed });
    terminal.print((await text(pieces)).trim());
  }
  sayHowToType(cli);
}

/** Who came here by `npm start` has no command `escriba`. */
function sayHowToType({ terminal, environment }: Cli): void {
  if (environment.npm_lifecycle_event !== 'start') return;
  terminal.print('');
  terminal.print('In this folder, `escriba` is `npm run -s escriba --`.');
}

function stateOf({ origin, state }: Run): string {
  if (origin === 'shipped') return 'bundled with Escriba';
  return origin === 'imported' ? 'imported' : state;
}

function describeRun({ corpus, network, steps, settings, best }: Run): string {
  const step = steps > 0 ? `, step ${count(steps)}` : '';
  const of = settings && steps > 0 ? ` of ${count(settings.steps)}` : '';
  const figure = best ? `, ${bits(best.bitsPerCharacter)} bits per character at its best` : '';
  return `${titleOfCorpus(corpus)}, ${describeNetwork(network)}${step}${of}${figure}`;
}
