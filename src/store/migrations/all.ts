import { training } from './001-training.ts';
import { bot } from './002-bot.ts';
import { shipped } from './003-shipped.ts';
import { learnedText } from './004-learned-text.ts';
import { servingRule } from './005-serving.ts';
import { applications } from './006-applications.ts';
import { charsPerSecond } from './007-chars-per-second.ts';
import { tokenizers } from './008-tokenizers.ts';
import { textStructure } from './009-text-structure.ts';
import { labelsAndUsage } from './010-labels-usage.ts';
import { settings } from './011-settings.ts';
import { games } from './012-games.ts';
import { schedules } from './013-schedules.ts';
import { logs } from './014-logs.ts';

/** In order, one line each; what has been released is never changed. */
export const migrations: readonly string[] = [
  training,
  bot,
  shipped,
  learnedText,
  servingRule,
  applications,
  charsPerSecond,
  tokenizers,
  textStructure,
  labelsAndUsage,
  settings,
  games,
  schedules,
  logs,
];
