import { useKept } from '../data/use-kept.ts';
import { useProgram } from '../program.ts';
import { blocks, braille, type Dots } from '../widgets/chart/dots.ts';
import type { Painter } from './painter.ts';

/** How everything is drawn in this terminal. */
export interface Theme {
  readonly paint: Painter;
  /** What charts are dotted with, until a person wants it otherwise. */
  readonly dots: Dots;
  /** Whether it is read aloud: pictures become sentences then, and nothing stands side by side. */
  readonly spoken: boolean;
}

/** What charts are dotted with, and what turns it to the other. */
export function useDots(): [dots: Dots, other: () => void] {
  const [dots, setDots] = useKept('dots', useProgram().theme.dots);
  return [dots, () => setDots(dots === braille ? blocks : braille)];
}
