import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeSettings } from '../train/defaults.ts';
import { cardFailure } from './card-failure.ts';
import { cardNameFrom, isSoftware } from './card-name.ts';
import { type CardWork, cardAnswerSchema } from './card-work.ts';

const program = fileURLToPath(
  new URL(`./card-process${extname(import.meta.url)}`, import.meta.url),
);

/** Milliseconds after which a card is given up: its driver compiles every kernel first. */
const within = 120_000;

export interface Card {
  readonly name: string;
  /** Whether the processor computes in its place. */
  readonly isSoftware: boolean;
}

/** A graphics card that some work was tried on. */
export interface TriedCard extends Card {
  readonly tokensPerSecond: number;
}

/** The graphics card that this machine computes on. @throws EscribaError that says what is missing where none does */
export function findCard(): Promise<Card> {
  const network = { cell: 'lstm', vocabularySize: 3, embedding: 8, hidden: 8, layers: 1 } as const;
  const settings = completeSettings(
    {
      ...{ batch: 2, unroll: 2, steps: 1, dropout: 0.25, recurrentDropout: 0.25 },
      ...{ randomSeed: 0, heldOut: 'none' },
    },
    network,
    { training: 5, validation: 0, tokenizer: 'char' },
  );
  return tryCard({ kind: 'train', network, settings, seconds: 0 });
}

/** Has a process of its own compute on the card. @throws as `findCard` does */
export function tryCard(work: CardWork): Promise<TriedCard> {
  const { promise, resolve, reject } = Promise.withResolvers<TriedCard>();
  execFile(
    process.execPath,
    [...process.execArgv, program, JSON.stringify(work)],
    {
      timeout: within,
      killSignal: 'SIGKILL',
      // The Vulkan loader then says which device it opens.
      env: { ...process.env, VK_LOADER_DEBUG: 'layer' },
    },
    (error, stdout, stderr) => {
      const answer = answerIn(stdout);
      if (answer && 'tokensPerSecond' in answer) {
        cardNameFrom(stderr).then(
          (name) =>
            resolve({
              name,
              isSoftware: isSoftware(name),
              tokensPerSecond: answer.tokensPerSecond ?? 0,
            }),
          reject,
        );
        return;
      }
      const timedOut = error?.killed === true;
      const signal = error?.signal ?? null;
      const said = answer ? `${answer.failure}\n${stderr}` : stderr;
      reject(cardFailure({ said, signal, timedOut }));
    },
  );
  return promise;
}

function answerIn(stdout: string) {
  try {
    return cardAnswerSchema.parse(JSON.parse(stdout));
  } catch {
    // It crashed before it could answer.
    return undefined;
  }
}
