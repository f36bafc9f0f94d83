import { expect, test } from 'vitest';
import { toSafetensors } from '../../src/network/network-file.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { lively, network } from '../train/training.ts';
import { newEscriba } from './escriba.ts';

test("nothing in a stranger's network steers the terminal", async () => {
  // The clipboard, the window's title, a screen that is cleared, text that is hidden, colours that stay.
  const { tokens } = CharacterTokenizer.of('\n\x1b\x07\x9b\u202e]52;c[8m');
  const config = { ...network, vocabularySize: tokens.length };
  const attack = '\x1b]52;c;cHduZWQ=\x07\x9b2J\x1b[8m\x1b[31m';
  const sample = { step: 1, seed: attack, text: attack, temperature: 1 };
  const metadata = { corpus: 'own', samples: JSON.stringify([sample]), author: attack };
  const { run, file } = newEscriba();
  const stranger = {
    ...{ config, weights: lively(config), vocabulary: tokens, tokenizer: null, metadata },
  };
  const path = file('own.safetensors', toSafetensors(stranger));

  const commands = [
    ['import', path],
    ['runs'],
    ['show', '1'],
    ['write', 'own', '--length', '400', '--temperature', '2'],
    ['write', 'own', '--length', '400', '--temperature', '2', '--json'],
    ['dashboard'],
    ['show', attack],
  ];
  for (const words of commands) {
    const { code, stdout, stderr } = await run(...words);
    expect(code, words.join(' ')).toBe(words[1] === attack ? 2 : 0);
    expect((stdout + stderr).replace(/[\n\t]/g, ''), words.join(' ')).not.toMatch(
      /\p{Cc}|[\u202a-\u202e]/u,
    );
  }
  const named = toSafetensors({ ...stranger, metadata: { corpus: attack } });
  expect((await run('import', file('named.safetensors', named))).stderr).not.toMatch(/[\x9b]/u);
});
