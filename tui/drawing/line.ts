/** The colours by what they are: the scribe's inks, two greys that step back behind plain text, and one for lines that are not read. */
export type Tone =
  | 'quiet'
  | 'faint'
  | 'rule'
  | 'rubric'
  | 'gold'
  | 'lapis'
  | 'verdigris'
  | 'violet';

/** How a stretch of text looks. */
export interface Style {
  readonly tone?: Tone;
  /** Coloured by a value from -1 to 1 instead. */
  readonly shade?: number;
  readonly bold?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
}

export interface Span extends Style {
  readonly text: string;
}

/** One row of a screen. */
export type Line = readonly Span[];

export const quiet: Style = { tone: 'quiet' };
export const faint: Style = { tone: 'faint' };
export const rule: Style = { tone: 'rule' };
export const rubric: Style = { tone: 'rubric' };
export const gold: Style = { tone: 'gold' };
export const lapis: Style = { tone: 'lapis' };
export const verdigris: Style = { tone: 'verdigris' };
export const violet: Style = { tone: 'violet' };
export const bold: Style = { bold: true };
export const italic: Style = { italic: true };
export const inverse: Style = { inverse: true };

export function span(text: string, ...styles: readonly Style[]): Span {
  return Object.assign({ text }, ...styles);
}

/** A row of one stretch. */
export function line(text: string, ...styles: readonly Style[]): Line {
  return [span(text, ...styles)];
}

export const blank: Line = [];

/** What a row says, without its looks. */
export function textOf(row: Line): string {
  return row.map(({ text }) => text).join('');
}
