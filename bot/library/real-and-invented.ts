import { networkNotation } from '../../src/network/notation.ts';
import { usualDraw } from '../../src/sample/draw.ts';
import type { BorrowedNetwork } from '../../src/sample/service/service.ts';
import { preparePrompt } from '../../src/text/prompt.ts';
import { endWithin } from './end-of-text.ts';
import type { OpenText, ReadyNetwork } from './model-cache.ts';
import type { Services } from './services.ts';
import { passagesOf, postingOf, stopAfter } from './texts.ts';
import { passes } from './word-filter.ts';
import { leadInto } from './write-text.ts';

/** A real passage of a book and an invented one of about its length. */
export interface RealAndInvented {
  /** The real passage, by its number. */
  readonly place: number;
  readonly real: string;
  readonly invented: string;
  /** How much each surprises the network that invented the one, in bits per character. */
  readonly realBits: number;
  readonly inventedBits: number;
  readonly network: string;
  readonly run: number;
}

/** How long each of the two may be, in UTF-16 units. */
const shortest = 50;
const longest = 280;
/** The longest phrase of an invented text that may be copied from the book; never more than half of the text. */
const mostCopied = 30;
/** Texts drawn at once, of which the first good one is taken, and how often that is tried. */
const drawn = 4;
const tries = 4;
/** By how much of its length the real one may be longer or shorter than the invented one, so that length tells nothing. */
const mostApart = 0.25;
/** Of fewer real ones of about that length, none is taken: they would come again and again. */
const fewest = 5;
const temperature = 0.7;

/**
 * A passage that the network invents, and a good one of the book of about its length. Neither has its reference with it.
 *
 * @param played - passages played recently, which come again only when there are no others
 * @returns null where nothing that the network wrote would do: it copied, or did not come to an end
 */
export async function realAndInvented(
  source: OpenText,
  network: ReadyNetwork,
  played: readonly number[],
  { library, random, settings }: Services,
): Promise<RealAndInvented | null> {
  const { name } = source.corpus;
  const borrowed = await library.borrow(network);
  try {
    for (let time = 0; time < tries; time++) {
      const texts = await Promise.all(
        Array.from({ length: drawn }, () => draw(source, network, borrowed, random)),
      );
      for (const invented of texts) {
        if (!stands(invented) || !passes(invented, settings)) continue;
        const quote = await library.quote(name, invented);
        if (quote === 'unknown') return null;
        if (isCopied(invented, quote?.length ?? 0)) continue;
        const chosen = realLike(invented, source, played, random);
        if (!chosen || !passes(chosen.text, settings)) continue;
        const [realScore, inventedScore] = await Promise.all([
          borrowed.score(chosen.text),
          borrowed.score(invented),
        ]);
        return {
          place: chosen.place,
          real: chosen.text,
          invented,
          realBits: realScore.bitsPerCharacter,
          inventedBits: inventedScore.bitsPerCharacter,
          network: networkNotation(network.run.network),
          run: network.run.id,
        };
      }
    }
    return null;
  } finally {
    borrowed.release();
  }
}

async function draw(
  source: OpenText,
  { tokenizer }: ReadyNetwork,
  borrowed: BorrowedNetwork,
  random: () => number,
): Promise<string> {
  const { name } = source.corpus;
  const { split } = passagesOf(name);
  const request = {
    ...{ characters: 2 * longest, ...stopAfter(name, postingOf(name).amount) },
    ...{ seed: preparePrompt(leadInto(source, '', random), tokenizer).text, ...usualDraw },
    ...{ temperature, randomSeed: Math.floor(random() * 2 ** 32) },
  };
  let text = '';
  for await (const piece of borrowed.write(request)) text += piece;
  return excerpt(split(text.trim()).text);
}

/** As many whole sentences of a passage as are not too long. */
function excerpt(text: string): string {
  const [line = ''] = text.split('\n');
  if (line.length <= longest) return line;
  return endWithin(line, (beginning) => beginning.length <= longest).text;
}

/** Whether a text has too long a piece of the book to be called invented. */
export function isCopied(text: string, longestQuote: number): boolean {
  return longestQuote >= mostCopied || longestQuote > text.length / 2;
}

function stands(text: string): boolean {
  return text.length >= shortest && text.length <= longest && /[.?!]["')\]”’]*$/.test(text);
}

interface Real {
  readonly place: number;
  readonly text: string;
}

/** The good passages of each text, cut to a length: looked through once. */
const realOnes = new WeakMap<OpenText, readonly Real[]>();

function realLike(
  invented: string,
  source: OpenText,
  played: readonly number[],
  random: () => number,
): Real | undefined {
  const all = realOnes.get(source) ?? goodPassages(source);
  realOnes.set(source, all);
  const had = new Set(played);
  const near = all.filter(
    ({ text }) => Math.abs(text.length - invented.length) <= mostApart * invented.length,
  );
  if (near.length < fewest) return undefined;
  const fresh = near.filter(({ place }) => !had.has(place));
  const those = fresh.length > 0 ? fresh : near;
  return those[Math.floor(random() * those.length)];
}

function goodPassages({ corpus, passages }: OpenText): Real[] {
  const { suits } = postingOf(corpus.name);
  const { split } = passagesOf(corpus.name);
  return passages.flatMap((passage, place) => {
    const text = suits(passage) ? excerpt(split(passage).text) : '';
    return stands(text) ? [{ place, text }] : [];
  });
}
