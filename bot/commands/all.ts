import { books } from '../../data/books.ts';
import type { ButtonHandler, Command, FormHandler, MessageCommand } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { bookCommand } from './book-command.ts';
import { again, change, changed, goOn, really, remove } from './buttons.ts';
import { continueThis } from './continue-this.ts';
import { daily } from './daily.ts';
import { anotherRound, game, vote } from './game.ts';
import { helpFor } from './help.ts';
import { model } from './model.ts';
import { privacy } from './privacy.ts';
import { settings } from './settings.ts';
import { verse } from './verse.ts';
import { whose } from './whose.ts';
import { whoseVoice } from './whose-voice.ts';
import { write } from './write.ts';

const named: readonly Command<Services>[] = [
  ...books.map(bookCommand),
  verse,
  write,
  whose,
  game,
  daily,
  settings,
  model,
  privacy,
];

/** Every slash command, one line each. */
export const commands: readonly Command<Services>[] = [...named, helpFor(named)];

/** Every entry of a message's menu. */
export const messageCommands: readonly MessageCommand<Services>[] = [whoseVoice, continueThis];

/** Every button. */
export const buttons: readonly ButtonHandler<Services>[] = [
  again,
  change,
  goOn,
  remove,
  really,
  vote,
  anotherRound,
];

/** Every form. */
export const forms: readonly FormHandler<Services>[] = [changed];
