import type { Tone } from '../drawing/line.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour for terminals of 256 and more colours, and the SGR code that comes nearest among sixteen. */
interface Colour {
  readonly rgb: Rgb;
  readonly sgr: number;
}

export interface Palette {
  readonly tones: Readonly<Record<Tone, Colour>>;
  /** What values from -1 to 1 are coloured by: the ends, and what zero fades into. */
  readonly low: Colour;
  readonly zero: Colour;
  readonly high: Colour;
}

/** Inks on a dark page. The plain text is the terminal's own. */
export const dark: Palette = {
  tones: {
    quiet: { rgb: [172, 165, 152], sgr: 37 },
    faint: { rgb: [142, 136, 125], sgr: 37 },
    rule: { rgb: [94, 89, 81], sgr: 90 },
    rubric: { rgb: [232, 103, 78], sgr: 91 },
    gold: { rgb: [222, 176, 84], sgr: 33 },
    lapis: { rgb: [122, 166, 226], sgr: 94 },
    verdigris: { rgb: [120, 190, 160], sgr: 32 },
    violet: { rgb: [182, 148, 208], sgr: 95 },
  },
  low: { rgb: [96, 150, 230], sgr: 94 },
  zero: { rgb: [88, 84, 78], sgr: 90 },
  high: { rgb: [240, 168, 70], sgr: 33 },
};

/** The same on a light page. */
export const light: Palette = {
  tones: {
    quiet: { rgb: [88, 82, 72], sgr: 90 },
    faint: { rgb: [113, 106, 95], sgr: 90 },
    rule: { rgb: [172, 164, 150], sgr: 37 },
    rubric: { rgb: [176, 42, 28], sgr: 31 },
    gold: { rgb: [150, 104, 0], sgr: 33 },
    lapis: { rgb: [30, 84, 160], sgr: 34 },
    verdigris: { rgb: [28, 116, 86], sgr: 32 },
    violet: { rgb: [112, 66, 148], sgr: 35 },
  },
  low: { rgb: [24, 88, 190], sgr: 34 },
  zero: { rgb: [190, 184, 172], sgr: 37 },
  high: { rgb: [196, 92, 0], sgr: 33 },
};

/**
 * The same at a contrast of 7 and more: what steps back is told from plain text by its place alone.
 * @param plain what a terminal of that page writes in
 */
function highContrast({ tones, ...palette }: Palette, plain: Colour, inks: Inks): Palette {
  return { ...palette, tones: { ...tones, quiet: plain, faint: plain, rule: plain, ...inks } };
}

type Inks = Pick<Palette['tones'], 'rubric' | 'gold' | 'lapis' | 'verdigris' | 'violet'>;

const darkHighContrast = highContrast(
  dark,
  { rgb: [255, 255, 255], sgr: 97 },
  {
    rubric: { rgb: [255, 160, 140], sgr: 91 },
    gold: { rgb: [255, 210, 110], sgr: 93 },
    lapis: { rgb: [160, 205, 255], sgr: 94 },
    verdigris: { rgb: [150, 235, 195], sgr: 92 },
    violet: { rgb: [225, 190, 255], sgr: 95 },
  },
);

const lightHighContrast = highContrast(
  light,
  { rgb: [0, 0, 0], sgr: 30 },
  {
    rubric: { rgb: [140, 20, 10], sgr: 31 },
    gold: { rgb: [100, 65, 0], sgr: 33 },
    lapis: { rgb: [15, 55, 130], sgr: 34 },
    verdigris: { rgb: [0, 80, 55], sgr: 32 },
    violet: { rgb: [85, 40, 125], sgr: 35 },
  },
);

/** The inks of a page; of high contrast where a person asks for that. */
export function paletteOf(page: 'dark' | 'light', isHighContrast: boolean): Palette {
  if (page === 'light') return isHighContrast ? lightHighContrast : light;
  return isHighContrast ? darkHighContrast : dark;
}
