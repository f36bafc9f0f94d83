import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { useNow } from '../../data/use-now.ts';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useStoreQuery } from '../../data/use-store-query.ts';
import { fill } from '../../drawing/layout.ts';
import { sentence } from '../../drawing/text.ts';
import { editOf, type TextEdit } from '../../keys/text-edit.ts';
import { useActions } from '../../keys/use-actions.ts';
import { startBot } from '../../processes/bot-process.ts';
import { useProgram } from '../../program.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { useShell } from '../../shell/shell.ts';
import { useClipboard } from '../../shell/use-clipboard.ts';
import { useDots } from '../../theme/use-dots.ts';
import { askLine, useTypedText } from '../../widgets/text-field.ts';
import { readBot } from './bot-data.ts';
import { botView } from './bot-view.ts';
import { buttonsOf } from './buttons.ts';
import { commonStart, lineBefore } from './history.ts';
import { botKeys, consoleKeys } from './keys.ts';
import { addReading, type Reading } from './rates.ts';

const openState = persistentState<'console' | 'log'>(() => 'console');
const readingsState = persistentState<readonly Reading[]>(() => []);

/** How the bot does: its state, its schedules, its log, and its console. */
function Bot({ width, height }: Size): ReactElement {
  const { botConsole } = useProgram();
  const shell = useShell();
  const { watch } = useProgram();
  const [dots] = useDots();
  const [open, setOpen] = usePersistentState(openState);
  const [scrolled, setScrolled] = useState(0);
  const data = useStoreQuery('bot', readBot);
  const lines = useSyncExternalStore(botConsole.subscribe, botConsole.lines);
  const now = useNow();
  const [readings, setReadings] = usePersistentState(readingsState);
  const { bot } = data;
  useEffect(() => {
    if (bot?.alive) setReadings((before) => addReading(before, bot.info, bot.at));
  }, [bot, setReadings]);

  const consoleKey = (key: string, edit: TextEdit, set: (edit: TextEdit) => void): boolean => {
    if (key === 'tab') {
      void botConsole.complete(edit.text).then((offered) => {
        const [only, ...others] = offered;
        if (only === undefined) return;
        set(editOf(others.length === 0 ? only : commonStart(offered)));
        if (others.length > 0) {
          const from = edit.text.lastIndexOf(' ') + 1;
          const ends = offered.map((each) => each.slice(from).trim());
          shell.tell({ kind: 'note', text: ends.join('  ') });
        }
      });
      return true;
    }
    if (key !== 'up' && key !== 'down') return false;
    const before = lineBefore(botConsole.typed(), edit.text, key === 'up' ? -1 : 1);
    if (before !== undefined) set(editOf(before));
    return true;
  };
  const typing = useTypedText((text) => {
    if (text.trim() === '') return;
    setOpen('console');
    setScrolled(0);
    botConsole.type(text);
  }, consoleKey);
  const buttons = buttonsOf(lines);
  const press = (label: string) => {
    const button = buttons.find((each) => each.label === label);
    return button && (() => botConsole.type(button.number));
  };
  const copy = useClipboard();
  const invitation = invitationIn(data.log);
  const canStop = bot?.alive && bot.isHere;
  useActions(botKeys, {
    console: () => typing.begin(editOf('')),
    again: press('Again'),
    more: press('Continue'),
    remove: press('Delete'),
    start: bot?.alive
      ? undefined
      : () =>
          shell.attempt(() => {
            startBot(watch.store, (text) => {
              shell.tell({ kind: 'failed', text: `The bot did not start. ${sentence(text)}` });
              watch.changed();
            });
            setOpen('log');
            shell.tell({ kind: 'note', text: 'Starting the bot… Its log shows how it goes.' });
          }),
    stop: canStop
      ? () =>
          shell.ask({
            text: `Stop the bot (process ${bot.pid})? It finishes what it is doing.`,
            yes: () => shell.attempt(() => process.kill(bot.pid, 'SIGTERM')),
          })
      : undefined,
    link: invitation === null ? undefined : () => copy(invitation),
    other: () => {
      setOpen(open === 'console' ? 'log' : 'console');
      setScrolled(0);
    },
    up: () => setScrolled((before) => before + 3),
    down: () => setScrolled((before) => Math.max(0, before - 3)),
  });
  const asked = typing.edit ? [askLine('›', typing.edit, width)] : [];
  const rows = botView({
    data,
    readings,
    console: lines,
    isWaiting: botConsole.isWaiting,
    open,
    scrolled,
    width,
    height: height - asked.length,
    now,
    dots,
  });
  return <Lines rows={[...fill(rows, height - asked.length), ...asked]} />;
}

/** The last link in the log that adds the bot to a server: on the screen it is broken where the lines end. */
export function invitationIn(log: readonly string[]): string | null {
  const links = log.flatMap((text) => text.match(/https:\/\/discord\.com\/oauth2\/\S+/g) ?? []);
  return links.findLast((link) => link.includes('permissions=')) ?? null;
}

export const botScreen: Screen = {
  name: 'bot',
  title: 'Bot',
  tab: '6',
  open: { keys: ['6'], label: '', help: 'Bot: how the Discord bot is doing' },
  scopes: [botKeys, consoleKeys],
  Component: Bot,
};
