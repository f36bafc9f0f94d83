import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bible } from '../../data/bible.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { learnBpe } from '../../src/text/tokenizer/learn-bpe.ts';
import { toTokenizerJson } from '../../src/text/tokenizer/tokenizer-json.ts';

const run = promisify(execFile);
const python = process.env.ESCRIBA_PYTHON ?? 'python3';
const hasTokenizers = await run(python, ['-c', 'import tokenizers']).then(
  () => true,
  () => false,
);

const odd = `\tif (x[10] == "don't") {\n\t\treturn '\u2018it\u2019s\u2019 12.5 % …  ';\n\t}   \n\n
e\u0301te\u0301 été ñandú O'Brien rock 'n' roll 🙂🙃 👩‍👩‍👧 ❤️ 中文字符，没有空格。《书》 \u00a0nbsp \u3000ideographic
٣٤٥ ½ Ⅷ x² \r\n\u2028\ufeff\u0085 aaa aaaa aaaaaaa ${'supercalifragilistic'.repeat(4)} ${'-'.repeat(70)}
  four    spaces, (brackets) [in] {all} ⟨kinds⟩ “quotes” naïve-hyphenated/slashed_under\n`;

// Needs a Python with them: pip install tokenizers; ESCRIBA_PYTHON=.venv/bin/python npx vitest run test/bench
describe.skipIf(!hasTokenizers)("Hugging Face's tokenizers", () => {
  test.each([
    ['a tenth of the Bible', async () => (await bible.corpus()).text.slice(0, 430_000), 1024],
    ['odd texts', async () => odd.repeat(3), 220],
  ])('encodes %s to the same ids', async (_, textOf, size) => {
    const folder = await mkdtemp(join(tmpdir(), 'escriba-test-'));
    try {
      const text = await textOf();
      const tokenizer = learnBpe(text, CharacterTokenizer.of(text), size);
      const [json, file, answer] = ['t.json', 't.txt', 'a.json'].map((name) => join(folder, name));
      await writeFile(json ?? '', toTokenizerJson(tokenizer));
      await writeFile(file ?? '', text);
      const script = fileURLToPath(new URL('../../bench/peers/encode.py', import.meta.url));
      await run(
        'sh',
        ['-c', '"$0" "$@" > "$OUT"', python, script, `--tokenizer=${json}`, `--text=${file}`],
        {
          env: { ...process.env, OUT: answer },
        },
      );
      const theirs = z
        .object({ ids: z.array(z.int()), text: z.string() })
        .parse(JSON.parse(await readFile(answer ?? '', 'utf8')));
      expect(tokenizer.merges.length).toBeGreaterThan(100);
      expect(Int32Array.from(theirs.ids)).toEqual(tokenizer.encode(text));
      expect(theirs.text).toBe(text);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
