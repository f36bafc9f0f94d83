import type { ComponentType } from 'react';
import type { ScreenName, Size } from '../shell/shell.ts';
import { Bot } from './bot/bot.tsx';
import { Help } from './help/help.tsx';
import { Inside } from './inside/inside.tsx';
import { New } from './new/new.tsx';
import { Runs } from './runs/runs.tsx';
import { Train } from './train/train.tsx';
import { Write } from './write/write.tsx';

/** Every screen by its name. */
export const screens: Readonly<Record<ScreenName, ComponentType<Size>>> = {
  train: Train,
  runs: Runs,
  new: New,
  write: Write,
  inside: Inside,
  bot: Bot,
  help: Help,
};
