import { networkNotation } from '../../src/network/notation.ts';
import type { PreparedPrompt } from '../../src/text/prompt.ts';
import { escapeMarkdown, small } from '../core/markdown.ts';
import type { Words } from '../words/en.ts';
import type { Library } from './library.ts';
import { passageAt } from './model-cache.ts';
import type { Services } from './services.ts';
import { disclaimerOf, passagesOf, titleOf } from './texts.ts';
import type { WrittenText } from './write-text.ts';

/** A phrase from the book with at least this many characters counts as a quotation, and is shown with its reference. */
const quotation = 30;
/** So many characters of a seed are named that were read otherwise, or not at all. */
const mostNamed = 6;

/** The small print under a written text: that a network invented it, and as far as the server wants it, which one, what it copied, how it read the seed. */
export async function smallPrint(
  corpus: string,
  written: WrittenText,
  { library, settings }: Services,
  words: Words,
): Promise<string> {
  const { network, prompt } = written;
  const { bitsPerCharacter } = network.checkpoint;
  const disclaimer = disclaimerOf(corpus, words);
  if (settings.sign === 'shortest') return small([words.written.sign(disclaimer)]);
  const copied = await borrowing(corpus, written, library, words);
  const reading = readingOf(prompt, words);
  if (settings.sign === 'short') {
    return small([[words.written.sign(disclaimer), copied].join(' · '), ...reading]);
  }
  const origin = [
    words.written.by(disclaimer, networkNotation(network.run.network), network.run.id),
    ...(bitsPerCharacter === null ? [] : [words.written.bits(bitsPerCharacter)]),
    copied,
  ];
  return small([origin.join(' · '), ...reading]);
}

/** The small print under a text that is still being written: that a network invents it. */
export function draftPrint(corpus: string, words: Words): string {
  const disclaimer = disclaimerOf(corpus, words);
  return small([words.written.sign(disclaimer)]);
}

async function borrowing(
  corpus: string,
  { quote }: WrittenText,
  library: Library,
  words: Words,
): Promise<string> {
  const text = await library.text(corpus);
  if (quote === 'unknown' || text === null)
    return words.written.notCompared(titleOf(corpus, words));
  if (quote === null) return words.written.borrowsNothing;
  if (quote.length < quotation) return words.written.borrows(quote.length);
  const { cite } = passagesOf(corpus);
  const reference = cite(text.passages, passageAt(text, quote.sourceAt), words.language);
  return words.written.quotes(reference, quote.length);
}

function readingOf({ rewritten, leftOut }: PreparedPrompt, words: Words): string[] {
  const pairs = rewritten
    .filter(({ to }) => to.trim() !== '')
    .slice(0, mostNamed)
    .map(({ from, to }) => ({ from: shown(from), to: shown(to) }));
  const unknown = leftOut.slice(0, mostNamed).map(shown);
  return [
    ...(pairs.length > 0 ? [words.written.readAs(pairs)] : []),
    ...(unknown.length > 0 ? [words.written.leftOut(unknown)] : []),
  ];
}

/** A character so that one sees it: one that is not seen by its number. */
function shown(character: string): string {
  const [point] = character;
  if (/^[\p{L}\p{N}\p{P}\p{S}]/u.test(character) && character.length <= 12) {
    return escapeMarkdown(character);
  }
  return `U+${(point?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
