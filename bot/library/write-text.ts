import { usualDraw } from '../../src/sample/draw.ts';
import type { Quote } from '../../src/sample/quotes.ts';
import type { StopOptions } from '../../src/sample/stop.ts';
import { type PreparedPrompt, preparePrompt } from '../../src/text/prompt.ts';
import { bold, escapeMarkdown } from '../core/markdown.ts';
import { maximumTextLength } from '../core/reply.ts';
import { endWithin } from './end-of-text.ts';
import type { OpenText, ReadyNetwork } from './model-cache.ts';
import { splitVerse } from './reference.ts';
import type { Services } from './services.ts';

/** What is counted of a text: the Bible's verses, the Republic's sentences, the lines of any other. */
export type Unit = 'verses' | 'sentences' | 'lines';

export function unitOf(corpus: string): Unit {
  if (corpus === 'bible') return 'verses';
  return corpus === 'plato' ? 'sentences' : 'lines';
}

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
  /** What goes on from the seed; empty where the network made nothing of it. */
  readonly text: string;
  /** Whether it ends where a line or a sentence does. */
  readonly whole: boolean;
  /** What it has from the corpus word for word; `unknown` where that is not on this machine. */
  readonly quote: Quote | null | 'unknown';
}

/** Characters drawn at the most, and what is kept free in a message for the small print. */
const mostCharacters = 1_400;
const smallPrint = 520;
const longestLead = 600;

/** Lets a network write. */
export async function writeText(
  wish: TextWish,
  network: ReadyNetwork,
  services: Services,
): Promise<WrittenText> {
  const { library } = services;
  const prompt = preparePrompt(wish.seed, network.tokenizer);
  const unit = unitOf(wish.corpus);
  // Of a seed in characters that it does not know, the network has nothing to go on from.
  const seed = prompt.text.trim() === '' ? '' : prompt.text;
  const before = leadInto(await library.text(wish.corpus), seed, services.random);
  const lead = preparePrompt(before, network.tokenizer).text;
  let drawn = '';
  let isEnded = true;
  // A network may take the seed for a whole text and end there: then it is asked for what comes next.
  for (const between of ['', unit === 'sentences' ? ' ' : '\n\n']) {
    const text = await draw(`${lead}${seed}${between}`, wish, unit, network, services);
    isEnded = [...text].length < mostCharacters;
    drawn = seed === '' ? text.trimStart() : `${between}${text}`.trimEnd();
    if (text.trim() !== '') break;
  }
  const begun = wish.continues ? '… ' : bold(seed);
  const room = maximumTextLength - smallPrint - begun.length;
  const fits = (text: string) => escapeMarkdown(text).length <= room;
  const { text, whole } =
    isEnded && fits(drawn) ? { text: drawn.trimEnd(), whole: true } : endWithin(drawn, fits);
  services.counters.texts++;
  const quote = await library.quote(wish.corpus, text);
  return { network, prompt, begun, text, whole, quote };
}

async function draw(
  seed: string,
  { amount, temperature }: TextWish,
  unit: Unit,
  network: ReadyNetwork,
  { library, random }: Services,
): Promise<string> {
  const stop: StopOptions = {
    characters: mostCharacters,
    ...(unit === 'sentences'
      ? { sentences: amount }
      : { passages: amount, passageKind: unit === 'verses' ? 'verse' : 'line' }),
  };
  const randomSeed = Math.floor(random() * 2 ** 32);
  const request = { ...stop, seed, ...usualDraw, temperature, randomSeed };
  const borrowed = await library.borrow(network);
  try {
    let text = '';
    for await (const piece of borrowed.write(request)) text += piece;
    return text;
  } finally {
    borrowed.release();
  }
}

/**
 * What the network reads before the seed: a passage of its text, and the reference of the next verse, unless the seed
 * brings its own. It never learnt to begin with nothing before it, and one that does takes long to find its way.
 */
function leadInto(text: OpenText | null, seed: string, random: () => number): string {
  const { passages, passageKind } = text?.corpus ?? { passages: [], passageKind: 'paragraph' };
  const place = Math.floor(random() * (passages.length - 1));
  const before = passages[place];
  if (before === undefined) return '';
  const lead = `${before.slice(-longestLead)}\n\n`;
  if (passageKind === 'paragraph' || seed === '' || splitVerse(seed).reference !== '') return lead;
  return `${lead}${splitVerse(passages[place + 1] ?? '').reference} `;
}
