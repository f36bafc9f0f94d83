/** What Discord would take for markdown anywhere in a text. */
const anywhere = /[\\*_~`|<[\]@]/g;
/** What it would take for markdown at the beginning of a line: headings, quotes, lists, small print. */
const atLineStart = /^(\s*)([#>+-]|\d+(?=[.)]))/gm;

/** A text as Discord's markdown that shows it as it is: nothing is bold, linked, mentioned, quoted or hidden. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(anywhere, '\\$&')
    .replace(/:(?=\/\/|\w+:)/g, '\\:')
    .replace(atLineStart, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );
}

/** A text in bold, shown as it is; the spaces around each of its lines stay outside, where bold would not bear them. */
export function bold(text: string): string {
  return text.replace(/^(\s*)(.*?\S)(\s*)$/gm, (_, before: string, core: string, after: string) => {
    return `${before}**${escapeMarkdown(core)}**${after}`;
  });
}

/** Lines of small print. */
export function small(lines: readonly string[]): string {
  return lines.map((line) => `-# ${line}`).join('\n');
}

/** A moment (milliseconds since 1970) as each reader's own clock and language have it: in full, or from now. */
export function moment(at: number, style: 'full' | 'from now'): string {
  return `<t:${Math.ceil(at / 1000)}:${style === 'full' ? 'f' : 'R'}>`;
}
