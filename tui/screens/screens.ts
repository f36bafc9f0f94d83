import type { Screen } from '../shell/screen.ts';
import { botScreen } from './bot/bot.tsx';
import { helpScreen } from './help/help.tsx';
import { insideScreen } from './inside/inside.tsx';
import { newScreen } from './new/new.tsx';
import { runsScreen } from './runs/runs.tsx';
import { trainScreen } from './train/train.tsx';
import { writeScreen } from './write/write.tsx';

/** Every screen, in the order of the tabs; the first is open at the start. */
export const screens: readonly [Screen, ...Screen[]] = [
  trainScreen,
  runsScreen,
  newScreen,
  writeScreen,
  insideScreen,
  botScreen,
  helpScreen,
];
