import { titleOfCorpus } from '../../data/books.ts';
import { logWords } from '../run/log-words.ts';
import type { RunEvent } from '../run/run-event.ts';
import { servingWords } from '../run/serving-words.ts';
import type { Store } from '../store/database.ts';
import { getRun, type Run } from '../store/runs.ts';
import { servingVerdict } from '../store/serving.ts';
import type { DoneEvent } from '../train/events.ts';
import type { Cli } from './define-command.ts';
import { bits, count, counted, describeNetwork, duration, roughly, tokensOf } from './format.ts';

/** Shows a person what happens in a training. */
export function showEvent(cli: Cli, store: Store, run: number, event: RunEvent): void {
  const { terminal, now } = cli;
  switch (event.type) {
    case 'run':
      terminal.print(introduction(getRun(store, run, now()), event.resumedAt));
      break;
    case 'step':
      terminal.live(progress(event));
      break;
    case 'evaluation': {
      const figure = terminal.styled('bold', bits(event.bitsPerCharacter));
      const best = event.best ? terminal.styled('green', ', the best so far') : '';
      const step = `Step ${count(event.step)}`;
      terminal.print(`${step}: ${figure} bits per character on the held-out part${best}`);
      break;
    }
    case 'sample':
      terminal.print(terminal.styled('dim', excerpt(event.seed + event.text, terminal.width)));
      break;
    case 'recovery':
    case 'paused':
    case 'resumed':
      terminal.print(logWords(event) ?? '');
      break;
    case 'notice':
      terminal.note(event.text);
      break;
    case 'checkpoint':
      break;
    case 'done':
      terminal.endLive();
      terminal.print(conclusion(getRun(store, run, now()), event.reason));
      terminal.print(servingWords(servingVerdict(store, run)));
      break;
  }
}

function introduction(run: Run, resumedAt: number): string {
  const { id, corpus, network, parameters, settings } = run;
  if (resumedAt > 0) return `Resuming run ${id} from step ${count(resumedAt)}.`;
  const lines = [
    `Run ${id}: training on ${titleOfCorpus(corpus)}.`,
    `${describeNetwork(network)}, ${roughly(parameters)} parameters.`,
  ];
  if (settings) {
    const { steps, batch, unroll, randomSeed } = settings;
    lines.push(
      `${counted(steps, 'step')} of ${batch} x ${unroll} ${tokensOf(run)}, random seed ${randomSeed}.`,
    );
  }
  return [...lines, 'Press Ctrl-C to stop and save a checkpoint.'].join('\n');
}

function progress(event: Extract<RunEvent, { type: 'step' }>): string {
  return [
    `step ${count(event.step)}`,
    speed(event),
    `${bits(event.bitsPerCharacter)} bits/char`,
    `${duration(event.secondsLeft)} left`,
  ].join('   ');
}

/** In characters, and in tokens where these are more than one character. */
function speed({ charsPerSecond, tokens, characters }: Extract<RunEvent, { type: 'step' }>) {
  const inCharacters = `${roughly(charsPerSecond)} chars/s`;
  if (tokens === characters) return inCharacters;
  return `${inCharacters} (${roughly((charsPerSecond * tokens) / characters)} tokens/s)`;
}

/** The beginning of a text in one line. */
function excerpt(text: string, width: number): string {
  return `  ${text.replace(/\s+/g, ' ').trim()}`.slice(0, width);
}

const endings: Readonly<Record<DoneEvent['reason'], string>> = {
  budget: 'finished',
  patience: 'stopped early, no longer improving,',
  stopped: 'stopped',
};

function conclusion(run: Run, reason: DoneEvent['reason']): string {
  const { id, corpus, steps, elapsed, best } = run;
  const lines = [
    `Run ${id} ${endings[reason]} after ${counted(steps, 'step')} in ${duration(elapsed)}.`,
  ];
  if (best)
    lines.push(
      `Best on held-out text: ${bits(best.bitsPerCharacter)} bits per character (step ${count(best.step)}).`,
    );
  lines.push(
    reason === 'stopped'
      ? `Resume it with \`escriba resume ${id}\`.`
      : `Try it: \`escriba write ${corpus} --run ${id}\`.`,
  );
  return lines.join('\n');
}
