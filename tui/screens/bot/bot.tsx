import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { useKept } from '../../data/use-kept.ts';
import { useNow } from '../../data/use-now.ts';
import { useStored } from '../../data/use-stored.ts';
import { fill } from '../../drawing/layout.ts';
import { editOf } from '../../keys/text-edit.ts';
import { useActions } from '../../keys/use-actions.ts';
import { startBot } from '../../processes/bot-process.ts';
import { useProgram } from '../../program.ts';
import { Lines } from '../../shell/lines.tsx';
import { type Size, useShell } from '../../shell/shell.ts';
import { useDots } from '../../theme/theme.ts';
import { askLine, useTypedText } from '../../widgets/text-field.ts';
import { readBot } from './bot-data.ts';
import { botView } from './bot-view.ts';
import { addReading, type Reading } from './rates.ts';

/** How the bot does: its state, its schedules, its log, and its console. */
export function Bot({ width, height }: Size): ReactElement {
  const { botConsole } = useProgram();
  const shell = useShell();
  const { watch } = useProgram();
  const [dots] = useDots();
  const [open, setOpen] = useKept<'console' | 'log'>('bot.open', 'console');
  const [scrolled, setScrolled] = useState(0);
  const data = useStored('bot', readBot);
  const lines = useSyncExternalStore(botConsole.subscribe, botConsole.lines);
  const now = useNow();
  const [readings, setReadings] = useKept<readonly Reading[]>('bot.readings', []);
  const { bot } = data;
  useEffect(() => {
    if (bot?.alive) setReadings((before) => addReading(before, bot.info, bot.at));
  }, [bot, setReadings]);

  const typing = useTypedText((text) => {
    if (text.trim() === '') return;
    setOpen('console');
    setScrolled(0);
    botConsole.type(text);
  });
  const canStop = bot?.alive && bot.isHere;
  useActions('bot', {
    console: () => typing.begin(editOf('/')),
    start: bot?.alive
      ? undefined
      : () =>
          shell.attempt(() => {
            startBot(watch.store);
            setOpen('log');
            shell.tell({ kind: 'done', text: 'The bot is starting: its log says how it goes.' });
          }),
    stop: canStop
      ? () =>
          shell.ask({
            text: `Stop the bot (process ${bot.pid})? It finishes what is under way.`,
            yes: () => shell.attempt(() => process.kill(bot.pid, 'SIGTERM')),
          })
      : undefined,
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
    open,
    scrolled,
    width,
    height: height - asked.length,
    now,
    dots,
  });
  return <Lines rows={[...fill(rows, height - asked.length), ...asked]} />;
}
