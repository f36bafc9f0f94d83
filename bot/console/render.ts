import type { styleText } from 'node:util';
import type { Language } from '../../data/language.ts';
import type { Message } from '../core/reply.ts';

export interface RenderOptions {
  readonly locale: Language;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A piece of text in bold and the like, or its text alone where they cannot be shown. */
  readonly style: (style: Style, text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

/** A message as it looks in Discord, as lines of a terminal: the text, then its picture and its buttons by number. */
export function renderMessage(message: Message, options: RenderOptions): string {
  const { style } = options;
  const { text, buttons = [], picture, file } = message;
  const lines = text.split('\n').map((line) => renderLine(line, options));
  if (picture) lines.push(style('italic', `[${picture.alt}]`));
  if (file) lines.push(style('italic', `[${file.name}]`), new TextDecoder().decode(file.data));
  if (buttons.length > 0) {
    lines.push(
      buttons
        .map(({ label }, place) => style('inverse', ` ${numbered(label, place + 1)} `))
        .join(' '),
    );
  }
  return lines.join('\n');
}

/** A label with the number that is typed for it, unless it has that already: `1 is real`. */
function numbered(label: string, number: number): string {
  return new RegExp(`\\b${number}\\b`).test(label) ? label : `${number} ${label}`;
}

function renderLine(line: string, options: RenderOptions): string {
  const { style } = options;
  const [, small] = /^-# (.*)$/.exec(line) ?? [];
  if (small !== undefined) return style('dim', renderInline(small, options));
  const [, quote] = /^> (.*)$/.exec(line) ?? [];
  if (quote !== undefined) return `│ ${renderInline(quote, options)}`;
  return renderInline(line.replace(/^- /, '• '), options);
}

/** An escaped character, a mark that opens or closes, a time, a channel or a person, or text. */
const part = /\\([^\p{L}\p{N}\s])|(\*\*|__|`|\*)|<t:(\d+):(\w)>|<[#@](\w+)>|[^\\*_`<]+|./gsu;
const styles: Readonly<Record<string, Style>> = {
  '**': 'bold',
  '*': 'italic',
  __: 'underline',
  '`': 'cyan',
};

function renderInline(line: string, options: RenderOptions): string {
  const { style } = options;
  const open = new Set<string>();
  let rendered = '';
  for (const [all, escaped, mark, seconds, kind, id] of line.matchAll(part)) {
    if (mark !== undefined) {
      if (!open.delete(mark)) open.add(mark);
      continue;
    }
    const shown =
      escaped ??
      (seconds !== undefined
        ? renderTime(Number(seconds) * 1000, kind === 'R', options)
        : undefined) ??
      (id !== undefined ? `${all.startsWith('<@') ? '@' : '#'}${id}` : all);
    rendered += [...open].reduce((text, each) => style(styles[each] ?? 'reset', text), shown);
  }
  return rendered;
}

const spans = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

function renderTime(at: number, isRelative: boolean, { locale, now }: RenderOptions): string {
  if (!isRelative) {
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(at);
  }
  const seconds = Math.round((at - now) / 1000);
  const [unit, length] = spans.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale).format(Math.round(seconds / length), unit);
}
