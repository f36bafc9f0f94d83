import { persistentState, usePersistentState } from '../data/use-persistent-state.ts';
import { blocks, braille, type Dots } from '../widgets/chart/dots.ts';

const dotsState = persistentState((program) => program.theme.dots);

/** What charts are dotted with, and what turns it to the other. */
export function useDots(): [dots: Dots, other: () => void] {
  const [dots, setDots] = usePersistentState(dotsState);
  return [dots, () => setDots(dots === braille ? blocks : braille)];
}
