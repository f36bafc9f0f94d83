import type { Settled } from '../../../src/store/posts.ts';
import type { Schedule } from '../../../src/store/schedules.ts';
import { beside, fill, indent, lineWidth, spread } from '../../drawing/layout.ts';
import {
  blank,
  bold,
  faint,
  gold,
  type Line,
  lapis,
  line,
  quiet,
  rubric,
  span,
  verdigris,
} from '../../drawing/line.ts';
import { ago, count, duration, milliseconds, short } from '../../drawing/numbers.ts';
import { escapeControl, wrap, wrapRow } from '../../drawing/text.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import { spark } from '../../widgets/chart/spark.ts';
import type { BotData } from './bot-data.ts';
import { history, perMinute, type Reading } from './rates.ts';

export interface BotView {
  readonly data: BotData;
  readonly readings: readonly Reading[];
  readonly console: readonly string[];
  /** Whether the last command was not answered yet. */
  readonly isWaiting: boolean;
  /** Which of the two is shown where there is room for one. */
  readonly open: 'console' | 'log';
  /** Lines that what is open is moved down from its end. */
  readonly scrolled: number;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly dots: Dots;
}

/** From this width on, the console stands beside the rest. */
const wide = 110;

export function botView(view: BotView): Line[] {
  const { width, height, open } = view;
  const inner = width - 4;
  const panes = { console: consoleRows, log: logRows };
  if (width < wide) {
    const head = [
      ...statusRows(view, inner),
      blank,
      ...dailyRows(view, inner, Math.floor(height / 4)),
      blank,
    ];
    return indent(fill([...head, ...panes[open](view, inner, height - head.length)], height), 2);
  }
  const each = Math.floor((inner - 5) / 2);
  const head = [
    ...statusRows(view, each),
    blank,
    ...dailyRows(view, each, Math.floor(height / 4)),
    blank,
  ];
  return indent(
    beside(
      [
        { rows: [...head, ...logRows(view, each, height - head.length)], width: each },
        { rows: consoleRows(view, each, height), width: each },
      ],
      5,
    ),
    2,
  );
}

function statusRows({ data, readings, now, dots }: BotView, width: number): Line[] {
  const { bot } = data;
  if (!bot?.alive) {
    const last = bot ? ` Last seen ${ago(now - bot.at)}.` : '';
    return [
      [span('○ ', quiet), span('The bot is not running.', bold), span(last, quiet)],
      ...wrap(
        'Press s to start it once DISCORD_TOKEN is set, here or in .env (README.md says how to get one). The console needs no Discord.',
        width,
      ).map((row) => line(row, quiet)),
    ];
  }
  const { connected, servers, started, requests, texts, posts, failures } = bot.info;
  const { cooldowns, delays } = bot.info;
  const answers = perMinute(readings);
  const state: Line = connected
    ? [
        span('● ', verdigris),
        span('on Discord', bold),
        span(`  ${count(servers)} ${servers === 1 ? 'server' : 'servers'}`, quiet),
      ]
    : [span('◌ ', gold), span('connecting to Discord', bold)];
  const figures: [name: string, value: string][] = [
    ['asked', count(requests)],
    ['written', count(texts)],
    ['posted', count(posts)],
    ['failed', count(failures)],
  ];
  return [
    spread(
      state,
      line(`for ${duration((now - started) / 1000)}  process ${bot.pid}`, quiet),
      width,
    ),
    [
      ...figures.flatMap(
        ([name, value]): Line => [
          span(`${name} `, quiet),
          span(`${value}   `, ...(name === 'failed' && failures > 0 ? [rubric, bold] : [])),
        ],
      ),
    ],
    answers === undefined
      ? line('counting answers per minute…', quiet)
      : [
          span(short(answers)),
          span(' answers per minute ', quiet),
          ...(spark(history(readings), { width: 24, height: 1 }, lapis, dots)[0] ?? []),
        ],
    delays
      ? [
          span('response time ', quiet),
          span(milliseconds(delays.middle)),
          span(' typical, slowest ', quiet),
          span(milliseconds(delays.longest)),
        ]
      : line('no answers yet', quiet),
    cooldowns > 0
      ? [span(count(cooldowns), gold), span(' requests refused for asking too often', quiet)]
      : line('no request was refused for asking too often', quiet),
  ];
}

/** The schedules, in at most so many rows. */
function dailyRows({ data }: BotView, width: number, most: number): Line[] {
  const { schedules } = data;
  if (schedules.length === 0) return [line('No server has a daily verse.', quiet)];
  const each = schedules.map(({ schedule, last }) => scheduleRows(schedule, last, width));
  const shown = each.filter((_, place) => each.slice(0, place + 1).flat().length <= most);
  const more = schedules.length - shown.length;
  return [
    line('daily', quiet),
    ...shown.flat(),
    ...(more > 0 ? [line(`and ${more} more`, faint)] : []),
  ];
}

/** A schedule in a row, or in two where one is not wide enough. */
function scheduleRows(schedule: Schedule, last: Settled | null, width: number): Line[] {
  const { time, zone, book, kind, guild, number } = schedule;
  const what: Line = [
    span(`post ${number}  `, quiet),
    span(`${time} ${zone}`),
    span(`  ${book === 'turns' ? 'in turn' : book}, ${kind}`, quiet),
  ];
  const state = schedule.paused ? pausedWords(schedule, last) : nextWords(schedule, last);
  const whole: Line = [...what, span(`  server ${guild}`, faint)];
  const first = lineWidth(whole) <= width ? whole : what;
  if (lineWidth(first) + lineWidth(state) + 2 <= width) return [spread(first, state, width)];
  return [first, ...indent(wrapRow(state, width - 6), 6)];
}

/** When a schedule posts next, and how the last time went. */
function nextWords({ next }: Schedule, last: Settled | null): Line {
  const said = last
    ? last.state === 'sent'
      ? `last ${last.day}`
      : `${last.day} skipped: ${last.reason}`
    : 'none yet';
  return [span(`next ${next.day}`), span(`  ${said}`, quiet)];
}

/** Why a schedule posts nothing. */
function pausedWords({ paused, refusals }: Schedule, last: Settled | null): Line {
  const detail = last?.state === 'skipped' && last.detail ? ` (${escapeControl(last.detail)})` : '';
  const why =
    paused === 'asked'
      ? 'at the request of the server'
      : `Discord refused it ${count(refusals)} times${detail}`;
  return [span('‖ paused', gold), span(`: ${why}`, quiet)];
}

function consoleRows(
  { console: lines, isWaiting, scrolled, open }: BotView,
  width: number,
  height: number,
): Line[] {
  const rows = lines.flatMap((text) =>
    wrap(escapeControl(text), width).map((row) =>
      text.startsWith('› ') ? line(row, rubric, bold) : line(row),
    ),
  );
  if (isWaiting) rows.push(line('The bot is answering…', faint));
  const empty = [
    line('Press i to type a command, as in Discord:', quiet),
    line('/bible seed:Henrique', bold),
    line('/whose text:In the beginning was the word', bold),
    line('/help', bold),
  ];
  const shown =
    rows.length > 0 ? ending(rows, height - 1, open === 'console' ? scrolled : 0) : empty;
  return [line('console', quiet), ...shown];
}

function logRows({ data, scrolled, open }: BotView, width: number, height: number): Line[] {
  const rows = data.log
    .flatMap((text) => wrap(escapeControl(text), width))
    .map((row) => line(row, quiet));
  const empty = [line('The log of a bot started here appears here.', faint)];
  return [
    line('log', quiet),
    ...(rows.length > 0 ? ending(rows, height - 1, open === 'log' ? scrolled : 0) : empty),
  ];
}

/** The last rows, or some before them. */
function ending(rows: readonly Line[], count: number, scrolled: number): readonly Line[] {
  const end = Math.max(Math.min(count, rows.length), rows.length - scrolled);
  return rows.slice(Math.max(0, end - count), end);
}
