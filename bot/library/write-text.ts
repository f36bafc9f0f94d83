import { usualDraw } from '../../src/sample/draw.ts';
import type { Quote } from '../../src/sample/quotes.ts';
import { readSeed } from '../../src/sample/seed-word.ts';
import { type PreparedPrompt, preparePrompt } from '../../src/text/prompt.ts';
import { bold, escapeMarkdown } from '../core/markdown.ts';
import { maximumTextLength } from '../core/reply.ts';
import type { Words } from '../words/en.ts';
import { endWithin } from './end-of-text.ts';
import { markReferences, placeOfReference } from './invented-references.ts';
import type { OpenText, ReadyNetwork } from './model-cache.ts';
import type { Services } from './services.ts';
import { betweenTexts, passagesOf, stopAfter } from './texts.ts';
import { passes } from './word-filter.ts';

/** A text to write. */
export interface TextWish {
  readonly corpus: string;
  readonly seed: string;
  /** Whether the seed is the end of an earlier text, and not shown again. */
  readonly continues: boolean;
  readonly amount: number;
  readonly temperature: number;
}

export interface WrittenText {
  readonly network: ReadyNetwork;
  /** The seed as the network read it. */
  readonly prompt: PreparedPrompt;
  /** What is shown before the text, in markdown: the seed, or that there was something before. */
  readonly begun: string;
  /** What continues the seed; empty where the network made nothing of it. */
  readonly text: string;
  /** The text in markdown, its references marked as invented. */
  readonly shown: string;
  /** The passage of the corpus that bears the first reference of the seed or the text; null where none does. */
  readonly realPassage: number | null;
  /** Whether it ends where a line or a sentence does. */
  readonly whole: boolean;
  /** What it has from the corpus word for word; `unknown` where that is not on this machine. */
  readonly quote: Quote | null | 'unknown';
}

/** The most characters drawn, and the room left in a message for the small print. */
const mostCharacters = 1_400;
const smallPrint = 520;
const longestLead = 600;
/** So many characters before the white space can belong to the end of a sentence. */
const endMarks = 4;
/** Times that a text is drawn before it is given up for the words in it. */
const mostDraws = 4;

/** Given what makes markdown of a text that is being written: of its seed, and of all up to the end of a verse or a sentence. */
type ShowWritten = (markdown: () => string) => void;

/** Lets a network write. */
export async function writeText(
  wish: TextWish,
  network: ReadyNetwork,
  services: Services,
  words: Words,
  showWritten: ShowWritten = () => {},
): Promise<WrittenText> {
  const { library } = services;
  const { corpus } = wish;
  const form = passagesOf(corpus);
  const source = await library.text(corpus);
  // The end of an earlier text is continued as it stands: its last word may get further letters.
  const { prompt, endsWord } = wish.continues
    ? { prompt: preparePrompt(wish.seed, network.tokenizer), endsWord: false }
    : readSeed(form.asWritten(wish.seed), network.tokenizer, source?.findWord);
  // If the network knows none of the seed's characters, there is nothing to continue.
  const seed = prompt.text.trim() === '' ? '' : prompt.text;
  const before = leadInto(source, seed, services.random);
  const lead = preparePrompt(before, network.tokenizer).text;
  const show = (text: string, style: (text: string) => string) =>
    markReferences(text, form, words, style);
  const begun = wish.continues ? '… ' : show(seed, bold);
  const room = maximumTextLength - smallPrint - begun.length;
  const fits = (text: string) => show(text, escapeMarkdown).length <= room;
  let drawn = '';
  let isEnded = true;
  // A network may take the seed for a whole text and end there: then it is asked for what comes next.
  for (const between of ['', betweenTexts(corpus)]) {
    const said = (text: string) => (seed === '' ? text.trimStart() : `${between}${text}`.trimEnd());
    const onEnd = (text: string) =>
      showWritten(() => `${begun}${show(endWithin(said(text), fits).text, escapeMarkdown)}`);
    const text = await draw(
      `${lead}${seed}${between}`,
      endsWord && between === '',
      wish,
      network,
      services,
      onEnd,
    );
    isEnded = [...text].length < mostCharacters;
    drawn = said(text);
    if (text.trim() !== '') break;
  }
  const { text, whole } =
    isEnded && fits(drawn) ? { text: drawn.trimEnd(), whole: true } : endWithin(drawn, fits);
  services.counters.texts++;
  const quote = await library.quote(corpus, text);
  const shown = show(text, escapeMarkdown);
  const realPassage = source && placeOfReference(`${wish.continues ? '' : seed}${text}`, source);
  return { network, prompt, begun, text, shown, realPassage, whole, quote };
}

/** Draws again, some times, where there is a word in it that the server filters. */
async function draw(...asked: Parameters<typeof drawOnce>): Promise<string> {
  const [, , , , { settings }] = asked;
  for (let tries = 1; ; tries++) {
    const text = await drawOnce(...asked);
    if (tries === mostDraws || passes(text, settings)) return text;
  }
}

async function drawOnce(
  seed: string,
  endsWord: boolean,
  { corpus, amount, temperature }: TextWish,
  network: ReadyNetwork,
  { library, random }: Services,
  onEnd: (text: string) => void,
): Promise<string> {
  const randomSeed = Math.floor(random() * 2 ** 32);
  const stop = { characters: mostCharacters, ...stopAfter(corpus, amount) };
  const request = { ...stop, seed, endsWord, ...usualDraw, temperature, randomSeed };
  const borrowed = await library.borrow(network);
  try {
    let text = '';
    for await (const piece of borrowed.write(request)) {
      text += piece;
      // Whether a verse or a sentence has ended is known from the white space after it.
      const latest = text.slice(-piece.length - endMarks);
      if (/[.?!]["')\]]*\s|\S\n/.test(latest)) onEnd(text);
    }
    return text;
  } finally {
    borrowed.release();
  }
}

/**
 * What the network reads before the seed: a passage of its text, and the reference of the next verse, unless the seed
 * brings its own. It never learned to begin with nothing before it, and one that does takes long to find its way.
 */
export function leadInto(text: OpenText | null, seed: string, random: () => number): string {
  const passages = text?.passages ?? [];
  const { split } = passagesOf(text?.corpus.name ?? '');
  const place = Math.floor(random() * (passages.length - 1));
  const before = passages[place];
  if (before === undefined) return '';
  const lead = `${before.slice(-longestLead)}\n\n`;
  const { reference } = split(passages[place + 1] ?? '');
  const bringsItsOwn = seed === '' || split(seed).reference !== '';
  return reference === '' || bringsItsOwn ? lead : `${lead}${reference} `;
}
