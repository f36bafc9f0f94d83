import { booksInTurn } from '../../data/books.ts';
import { type Language, languages } from '../../data/language.ts';
import type { PostCard } from '../../src/store/posts.ts';
import { type Schedule, turns } from '../../src/store/schedules.ts';
import type { ServerSettings } from '../../src/store/settings.ts';
import { Random } from '../../src/text/random.ts';
import { small } from '../core/markdown.ts';
import type { Button } from '../core/reply.ts';
import { splitLine } from '../library/invented-references.ts';
import type { OpenText } from '../library/model-cache.ts';
import { passageOf, realButton, shownPassage } from '../library/real-passage.ts';
import { chosenLanguage } from '../library/server-rules.ts';
import type { Services } from '../library/services.ts';
import { smallPrint } from '../library/small-print.ts';
import { disclaimerOf, passagesOf, postingOf, titleOf } from '../library/texts.ts';
import { passes } from '../library/word-filter.ts';
import { writeText } from '../library/write-text.ts';
import type { Words } from '../words/en.ts';
import { wordsFor } from '../words/words.ts';

/** What there is to post, or why there is nothing. */
export type DailyText =
  | {
      readonly text: string;
      /** Of the thread that it begins in a forum. */
      readonly title: string;
      readonly buttons?: readonly Button[];
      /** Where a picture shows it. */
      readonly card?: PostCard;
    }
  | { readonly nothing: string };

/** What a schedule says of its texts. */
export type DailyWish = Pick<
  Schedule,
  'guild' | 'number' | 'book' | 'kind' | 'look' | 'role' | 'locale'
>;

/** What stands above a text. */
interface Heading {
  readonly title: string;
  /** Empty for a text of no day. */
  readonly date: string;
}

const temperature = 0.7;
const millisecondsADay = 24 * 60 * 60 * 1000;

/** The words of a schedule: in the language that its server has chosen since, else in the one it was set in. */
export function wordsOf({ locale }: Pick<Schedule, 'locale'>, settings: ServerSettings): Words {
  const known: Language | undefined = languages.find((each) => each === locale);
  return wordsFor(chosenLanguage(settings) ?? known ?? 'en');
}

/** The text that a schedule posts for a day. */
export async function textForDay(
  wish: DailyWish,
  day: string,
  everywhere: Services,
): Promise<DailyText> {
  const services = everywhere.inServer(wish.guild);
  const words = wordsOf(wish, services.settings);
  const book = bookOn(wish.book, day, services.settings.texts);
  const heading = {
    title: postingOf(book).dailyTitles[words.language],
    date: words.day(new Date(`${day}T12:00:00Z`)),
  };
  // Each schedule has an order of its own: two of a server seldom post the same on a day.
  const label = [wish.guild, book, ...(wish.number === 1 ? [] : [wish.number])].join(' ');
  const made = await makeText(wish, book, heading, services, (places) =>
    placeForDay(places, label, day),
  );
  if ('nothing' in made || wish.role === null) return made;
  return { ...made, text: `<@&${wish.role}>\n${made.text}` };
}

/** A text to see how it looks, of no day, and that notifies nobody. */
export function textForNow(wish: DailyWish, services: Services): Promise<DailyText> {
  const words = wordsOf(wish, services.settings);
  const today = new Date(services.clock.now()).toISOString().slice(0, 10);
  const book = bookOn(wish.book, today, services.settings.texts);
  const heading = { title: postingOf(book).titles[words.language], date: '' };
  return makeText(
    wish,
    book,
    heading,
    services,
    (places) => places[Math.floor(services.random() * places.length)],
  );
}

/**
 * The corpus that a schedule posts from on a day: of the books in turn, the one whose day it is.
 *
 * @param texts - those that the server allows; null for all
 */
export function bookOn(book: string, day: string, texts: readonly string[] | null = null): string {
  if (book !== turns) return book;
  const inTurn = booksInTurn.filter(({ name }) => texts === null || texts.includes(name));
  const own = inTurn.length === 0 ? booksInTurn : inTurn;
  return own[dayNumber(day) % own.length]?.name ?? book;
}

/**
 * One place for each day, in an order of the label's own: none comes again before all the others have come, which
 * for the books takes more than a year.
 */
export function placeForDay(
  places: readonly number[],
  label: string,
  day: string,
): number | undefined {
  const shuffled = [...places];
  const random = Random.seeded(0, `daily ${label}`);
  for (let end = shuffled.length; end > 1; end--) {
    const place = random.below(end);
    const last = shuffled[end - 1] ?? 0;
    shuffled[end - 1] = shuffled[place] ?? 0;
    shuffled[place] = last;
  }
  return shuffled[dayNumber(day) % shuffled.length];
}

function dayNumber(day: string): number {
  return Math.floor(Date.parse(day) / millisecondsADay);
}

async function makeText(
  wish: DailyWish,
  book: string,
  heading: Heading,
  services: Services,
  choose: (places: readonly number[]) => number | undefined,
): Promise<DailyText> {
  const words = wordsOf(wish, services.settings);
  if (wish.kind === 'written') return written(wish, book, heading, services, words);
  const text = await services.library.text(book);
  if (text === null) return { nothing: words.refusals.noText(titleOf(book, words), book) };
  const place = choose(placesToPost(text, services.settings));
  const passage = place === undefined ? null : passageOf(text, place, words);
  if (passage === null) return { nothing: words.daily.nothingSuits(titleOf(book, words)) };
  const title = titled(heading);
  return wish.look === 'card'
    ? {
        text: `${shown(heading)}\n${small([passage.source])}`,
        title,
        card: { ...heading, ...passage },
      }
    : { text: `${shown(heading)}\n${shownPassage(passage)}`, title };
}

/** The passages of a text that stand well alone, and have no word that the server filters. */
function placesToPost({ corpus, passages }: OpenText, settings: ServerSettings): number[] {
  const { suits } = postingOf(corpus.name);
  return passages.flatMap((passage, place) =>
    suits(passage) && passes(passage, settings) ? [place] : [],
  );
}

async function written(
  { look }: DailyWish,
  book: string,
  { title, date }: Heading,
  services: Services,
  words: Words,
): Promise<DailyText> {
  const network = await services.library.serving(book);
  if (network === null) return { nothing: words.refusals.noNetwork(titleOf(book, words)) };
  const { amount } = postingOf(book);
  const wish = { corpus: book, seed: '', continues: false, amount, temperature };
  const made = await writeText(wish, network, services, words);
  if (made.text.trim() === '') return { nothing: words.written.madeNothing };
  if (!passes(made.text, services.settings)) return { nothing: words.settings.filteredText };
  const heading = { title: words.daily.invented(title), date };
  const print = await smallPrint(book, made, services, words);
  const buttons = realButton(book, made.realPassage, words);
  if (look === 'text') {
    return { text: `${shown(heading)}\n${made.shown}\n${print}`, title: titled(heading), buttons };
  }
  const form = passagesOf(book);
  const { reference, rest } = splitLine(made.text, form);
  const cited =
    reference === ''
      ? []
      : [`${form.localized(reference, words.language)} ${words.written.invented}`];
  const source = [...cited, words.written.sign(disclaimerOf(book, words))].join(' · ');
  const card = { ...heading, text: rest.trim(), source };
  return { text: `${shown(heading)}\n${print}`, title: titled(heading), buttons, card };
}

function shown({ title, date }: Heading): string {
  return [`**${title}**`, ...(date === '' ? [] : [date])].join(' · ');
}

function titled({ title, date }: Heading): string {
  return [title, ...(date === '' ? [] : [date])].join(' · ');
}
