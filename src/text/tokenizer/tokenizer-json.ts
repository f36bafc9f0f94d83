import { z } from 'zod';
import { BadInput } from '../../errors.ts';
import { BpeTokenizer } from './bpe-tokenizer.ts';
import { piecePattern } from './pieces.ts';

/** What a `tokenizer.json` of ours says, beside the vocabulary and the merges. */
const preTokenizer = {
  type: 'Split',
  pattern: { Regex: piecePattern },
  behavior: 'Isolated',
  invert: false,
} as const;

/** The tokenizer as the `tokenizer.json` that Hugging Face's `tokenizers` reads, and encodes by to the same ids. */
export function toTokenizerJson({ tokens, merges }: BpeTokenizer): string {
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  });
}

/** What else would change the ids has to be as we write it. */
const tokenizerJsonSchema = z.object({
  added_tokens: z.array(z.unknown()).max(0).optional(),
  normalizer: z.null().optional(),
  pre_tokenizer: z.object({
    type: z.literal(preTokenizer.type),
    pattern: z.object({ Regex: z.literal(piecePattern) }),
    behavior: z.literal(preTokenizer.behavior),
    invert: z.literal(preTokenizer.invert),
  }),
  post_processor: z.null().optional(),
  model: z.object({
    type: z.literal('BPE'),
    continuing_subword_prefix: z.literal('').nullish(),
    end_of_word_suffix: z.literal('').nullish(),
    byte_fallback: z.literal(false).optional(),
    ignore_merges: z.literal(false).optional(),
    vocab: z.record(z.string(), z.int().nonnegative()),
    merges: z.array(z.tuple([z.string(), z.string()])),
  }),
});

/** @throws BadInput where it is no `tokenizer.json` of a byte-pair encoding over characters, cut into pieces as ours */
export function parseTokenizerJson(text: string): BpeTokenizer {
  const { model } = readJson(text);
  const byId = Object.entries(model.vocab).sort(([, one], [, other]) => one - other);
  if (byId.some(([, id], place) => id !== place)) {
    throw refused('the ids of its vocabulary are not 0 to V - 1, each once');
  }
  return new BpeTokenizer(
    byId.map(([token]) => token),
    model.merges,
  );
}

function readJson(text: string): z.infer<typeof tokenizerJsonSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused('it is not JSON');
  }
  const { data, error } = tokenizerJsonSchema.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  throw refused(`its ${issue?.path.join('.') || 'JSON'} is another`);
}

function refused(why: string): BadInput {
  return new BadInput(
    `The tokenizer is no byte-pair encoding as Escriba writes it: ${why}.`,
    'Use the `tokenizer` of a network that Escriba exported.',
  );
}
