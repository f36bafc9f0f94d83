import type { Dots } from '../widgets/chart/dots.ts';
import type { Painter } from './painter.ts';

/** How everything is drawn in this terminal. */
export interface Theme {
  readonly paint: Painter;
  /** What charts are dotted with, until a person wants it otherwise. */
  readonly dots: Dots;
  /** Whether it is read aloud: pictures become sentences then, and nothing stands side by side. */
  readonly screenReader: boolean;
}
