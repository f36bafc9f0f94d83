import { createInterface } from 'node:readline';
import { BadInput } from '../errors.ts';
import { interrupted } from './interruption.ts';

/** Asks before something is deleted. @throws BadInput where there is nobody to ask */
export async function isSure(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new BadInput(
      'Not a terminal, so it cannot ask whether to delete.',
      'Add --yes to delete without asking.',
    );
  }
  const asking = createInterface({
    input: process.stdin,
    output: process.stderr,
    prompt: `${question} [y/N] `,
  });
  asking.prompt();
  let answer: string | undefined;
  asking.once('SIGINT', () => {
    process.exitCode = interrupted;
    asking.close();
  });
  // Ctrl-C and Ctrl-D end the lines without one.
  for await (const line of asking) {
    answer = line;
    asking.close();
  }
  if (answer === undefined) process.stderr.write('\n');
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}
