import { normalizeText } from './characters.ts';
import { plainSpelling } from './plain-spelling.ts';
import type { Tokenizer } from './tokenizer/tokenizer.ts';

/** A text made ready to be fed to a network that knows only the characters of its vocabulary. */
export interface PreparedPrompt {
  /** Of the tokens that are fed; none of an empty prompt. */
  readonly ids: Int32Array;
  /** What is really fed; empty where nothing is left. */
  readonly text: string;
  /** What was written in other characters, each once, in the order of the text. */
  readonly rewritten: readonly Rewriting[];
  /** What could not be written and was left out, each once, in the order of the text. */
  readonly leftOut: readonly string[];
  /** How often anything was. */
  readonly leftOutCount: number;
}

export interface Rewriting {
  readonly from: string;
  readonly to: string;
}

/** A character with its combining marks (30 at most, as in Unicode's stream-safe text), or a mark. */
const element = /\P{M}\p{M}{0,30}|\p{M}/gu;

/** Code units that are rewritten at a time: the matches of a long text together would take many times its memory. */
const chunkLength = 1 << 16;

/**
 * Any text as a network reads it: normalized, as every text is, and with characters outside the vocabulary written in
 * its letters where they can be (é as e, a curly quote as the straight one, a dash as --, a capital as a small letter),
 * else left out; both are reported. Of a text in known characters nothing is changed.
 */
export function preparePrompt(text: string, tokenizer: Tokenizer): PreparedPrompt {
  const rewritten = new Map<string, string>();
  const leftOut = new Map<string, number>();
  const write = (from: string): string => {
    const to = writeElement(from, tokenizer);
    if (to === undefined) leftOut.set(from, (leftOut.get(from) ?? 0) + 1);
    else if (to !== from) rewritten.set(from, to);
    return to ?? '';
  };
  const chunks = Array.from(chunksOf(normalizeText(text)), (chunk) =>
    chunk.replace(element, write),
  );
  const written = chunks.join('');
  return {
    ids: tokenizer.encode(written),
    text: written,
    rewritten: Array.from(rewritten, ([from, to]) => ({ from, to })),
    leftOut: [...leftOut.keys()],
    leftOutCount: [...leftOut.values()].reduce((sum, count) => sum + count, 0),
  };
}

/** A text in pieces, each of which begins with a character that is no mark, as an element does. */
function* chunksOf(text: string): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + chunkLength, text.length);
    while (end < text.length && !beginsElement(text, end)) end++;
    yield text.slice(start, end);
    start = end;
  }
}

function beginsElement(text: string, at: number): boolean {
  const isSecondHalf = (text.codePointAt(at - 1) ?? 0) > 0xffff;
  return !isSecondHalf && !/^\p{M}/u.test(text.slice(at, at + 2));
}

function writeElement(text: string, tokenizer: Tokenizer): string | undefined {
  if (tokenizer.has(text)) return text;
  const same = [text, text.normalize('NFC'), text.normalize('NFD')];
  const exact = same.find((form) => [...form].every((character) => tokenizer.has(character)));
  if (exact !== undefined) return exact;
  return writeAll(text, tokenizer);
}

/** Every character written, marks that cannot be left out; undefined if nothing, or not each letter, can be. */
function writeAll(text: string, tokenizer: Tokenizer): string | undefined {
  let written = '';
  for (const character of text) {
    const spelling = writeCharacter(character, tokenizer);
    if (spelling === undefined && !/\p{M}/u.test(character)) return undefined;
    written += spelling ?? '';
  }
  return written === '' ? undefined : written;
}

function writeCharacter(character: string, tokenizer: Tokenizer): string | undefined {
  if (tokenizer.has(character)) return character;
  const spelling = plainSpelling(character) ?? character.normalize('NFKD');
  if (spelling !== character) {
    const written = writeAll(spelling, tokenizer);
    if (written !== undefined) return written;
  }
  const otherCase = [character.toLowerCase(), character.toUpperCase()];
  return otherCase.find((letter) => tokenizer.has(letter));
}
