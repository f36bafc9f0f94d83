import { expect, onTestFinished, test } from 'vitest';
import { TerminalProgram } from '../support/terminal.ts';
import { command, newEscriba } from './escriba.ts';
import { ownText, tiny } from './own-text.ts';

/** Runs `escriba` in a terminal of 80 columns, on a store that has the text `own`. */
async function withTerminal() {
  const { run, file, store, json } = newEscriba();
  await run('corpus', 'add', 'own', file('own.txt', ownText));
  const open = (...words: readonly string[]) => {
    const program = new TerminalProgram([...command, ...words], {
      columns: 80,
      rows: 24,
      environment: { ESCRIBA_DB: store },
    });
    onTestFinished(() => program.close());
    return program;
  };
  return { open, json };
}

test('a training has one live line, and Ctrl-C stops it with a checkpoint kept', async () => {
  const { open, json } = await withTerminal();
  const training = open('train', 'own', ...tiny, '--steps', '1000000');
  await training.see(/^step [\d,]+ {3}[\d.]+( k)? chars\/s {3}[\d.]+ bits\/char {3}[\d:]+ left$/m);
  const lines = training.screen().filter((line) => line.startsWith('step '));
  expect(lines).toHaveLength(1);
  // As a terminal tells it and npm tells it again.
  training.press('\x03');
  process.kill(training.pid, 'SIGINT');
  await training.see('Resume it with `escriba resume 1`.');
  expect(await training.exited()).toBe(130);
  expect(training.screen().join('\n')).not.toMatch(/^step /m);
  expect(await json('show', '1')).toMatchObject({
    state: 'stopped',
    checkpoints: [{ kind: 'last', resumable: true }],
  });
});

test('deleting asks, and whatever is not yes is no', async () => {
  const { open, json } = await withTerminal();
  const training = open('train', 'own', ...tiny, '--steps', '3');
  expect(await training.exited()).toBe(0);
  const ctrlC = '\x03';
  for (const answer of ['\r', 'no\r', ctrlC, '\x04']) {
    const asking = open('delete', '1');
    await asking.see('Delete run 1 (own, 3 steps) and its checkpoints? [y/N]');
    asking.press(answer);
    expect(await asking.exited()).toBe(answer === ctrlC ? 130 : 0);
    await asking.see('Nothing was deleted.');
  }
  const asking = open('delete', '1');
  await asking.see('[y/N]');
  asking.press('y\r');
  expect(await asking.exited()).toBe(0);
  expect(await json('runs')).toEqual([]);

  const removing = open('corpus', 'remove', 'own');
  await removing.see('Remove the text own? [y/N]');
  removing.press('\r');
  expect(await removing.exited()).toBe(0);
  await removing.see('Nothing was removed.');
  expect(await json('corpus', 'show', 'own')).toMatchObject({ name: 'own' });
});

test('the seed of a text is in bold, in a terminal that has colours', async () => {
  const { open } = await withTerminal();
  await open('train', 'own', ...tiny, '--steps', '3').exited();
  const writing = open('write', 'own', '--seed', 'scribe', '--length', '20');
  expect(await writing.exited()).toBe(0);
  const row = writing.cells().find((cells) =>
    cells
      .map(({ text }) => text)
      .join('')
      .startsWith('scribe'),
  );
  expect(row?.slice(0, 6).every(({ bold }) => bold)).toBe(true);
  expect(row?.slice(6).some(({ bold }) => bold)).toBe(false);
});

test("the bot's console shows what Discord does: buttons stand out, and no code of a terminal is to be read", async () => {
  const { open } = await withTerminal();
  await open('train', 'own', ...tiny, '--steps', '3').exited();
  const console = open('bot', '--console', '--language', 'en');
  await console.see('Type /help');
  console.press('/write corpus:own seed:the length:20\r');
  await console.see('1 Again');
  const [row = -1] = console
    .screen()
    .flatMap((text, place) => (text.includes('1 Again') ? [place] : []));
  const column = console.screen()[row]?.indexOf('1 Again') ?? -1;
  expect(console.cells()[row]?.[column]?.inverse).toBe(true);
  expect(console.screen().join('')).not.toMatch(/[\u2400-\u2421]/);
});
