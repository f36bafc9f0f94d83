import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../src/store/checkpoints.ts';
import type { CurvePoint } from '../../src/store/curve.ts';
import type { Settled } from '../../src/store/posts.ts';
import type { Run } from '../../src/store/runs.ts';
import type { Schedule } from '../../src/store/schedules.ts';
import { completeSettings } from '../../src/train/defaults.ts';
import { lineWidth } from '../../tui/drawing/layout.ts';
import { line, textOf } from '../../tui/drawing/line.ts';
import { invitationIn } from '../../tui/screens/bot/bot.tsx';
import type { BotData } from '../../tui/screens/bot/bot-data.ts';
import { botView } from '../../tui/screens/bot/bot-view.ts';
import { buttonsOf } from '../../tui/screens/bot/buttons.ts';
import { addReading, history, perMinute } from '../../tui/screens/bot/rates.ts';
import { type ChartLook, zooms } from '../../tui/screens/charts/look.ts';
import { nearest, principalPlane } from '../../tui/screens/inside/character-map.ts';
import {
  formatColumns,
  formatRoom,
  surpriseRows,
  whoseRows,
} from '../../tui/screens/inside/formats-view.ts';
import { afterStep, beginReading, likeliest, nextInput } from '../../tui/screens/inside/reading.ts';
import { characterVectors } from '../../tui/screens/inside/vectors.ts';
import { cost } from '../../tui/screens/new/cost.ts';
import { fieldsOf } from '../../tui/screens/new/fields.ts';
import { formView, holdsBoth } from '../../tui/screens/new/form-view.ts';
import { moreFieldsOf } from '../../tui/screens/new/more-fields.ts';
import { nameFor } from '../../tui/screens/new/use-added-text.ts';
import type { Measurement } from '../../tui/screens/new/use-measured.ts';
import { commandOf, firstWish, lanesOf, sizeOf, type Wish } from '../../tui/screens/new/wish.ts';
import { askToResume } from '../../tui/screens/resume.ts';
import { liveWords } from '../../tui/screens/run-words.ts';
import { compareChart } from '../../tui/screens/runs/compare-chart.ts';
import { configurationOf } from '../../tui/screens/runs/configuration.ts';
import { exportFile, exportFiles } from '../../tui/screens/runs/export-file.ts';
import { arrange, scrollTo, toggleMark, unknownField } from '../../tui/screens/runs/run-list.ts';
import { tableRows } from '../../tui/screens/runs/runs-table.ts';
import { screens } from '../../tui/screens/screens.ts';
import { secondsLeft } from '../../tui/screens/train/gauges.ts';
import { logRows } from '../../tui/screens/train/log-view.ts';
import { lossChart } from '../../tui/screens/train/loss-chart.ts';
import { trainView } from '../../tui/screens/train/train-view.ts';
import { botCommand } from '../../tui/screens/write/bot-command.ts';
import { type Pane, writeView } from '../../tui/screens/write/write-view.ts';
import type { Written } from '../../tui/screens/write/written.ts';
import { header } from '../../tui/shell/frame.ts';
import type { Question } from '../../tui/shell/shell.ts';
import { braille } from '../../tui/widgets/chart/dots.ts';
import { usualSchedule } from '../store/schedule-wish.ts';

const look: ChartLook = {
  ...{ xAxis: 'time', zoom: zooms[0], isLogarithmic: false, isSmooth: true },
};

function run(change: Partial<Run>): Run {
  return {
    ...{ id: 1, corpus: 'bible', origin: 'trained', parent: null, machine: null, vocabulary: [] },
    network: { cell: 'lstm', vocabularySize: 0, embedding: 64, hidden: 256, layers: 1 },
    ...{ tokenizer: 'char', name: null, note: null, pinned: false },
    ...{ settings: null, parameters: 100, state: 'finished', reason: null, created: 0, updated: 0 },
    ...{
      steps: 0,
      passes: 0,
      elapsed: 0,
      bitsPerCharacter: null,
      charsPerSecond: null,
      best: null,
    },
    ...change,
  };
}

describe('the list of runs', () => {
  const runs = [
    run({ id: 1, best: { step: 1, bitsPerCharacter: 1.5 }, parameters: 9 }),
    run({
      id: 2,
      corpus: 'plato',
      network: { cell: 'gru', vocabularySize: 0, embedding: 'one-hot', hidden: 64, layers: 2 },
    }),
    run({ id: 3, best: { step: 1, bitsPerCharacter: 1.4 }, state: 'died' }),
  ];
  const ids = (...[order, filter]: [Parameters<typeof arrange>[1], string]) =>
    arrange(runs, order, filter).map(({ id }) => id);

  test('stands in each order', () => {
    expect(ids('newest first', '')).toEqual([3, 2, 1]);
    expect(ids('best first', '')).toEqual([3, 1, 2]);
    expect(ids('by text', '')).toEqual([3, 1, 2]);
    expect(ids('largest first', '')).toEqual([3, 2, 1]);
  });

  test('keeps those that have every word', () => {
    expect(ids('newest first', 'GRU one-hot')).toEqual([2]);
    expect(ids('newest first', 'king died')).toEqual([3]);
    expect(ids('newest first', 'gru king')).toEqual([]);
  });

  test('keeps those whose fields are as asked, and none out by what is still typed', () => {
    expect(ids('newest first', 'cell:gru')).toEqual([2]);
    expect(ids('newest first', 'b<1.5')).toEqual([3]);
    expect(ids('newest first', 'b<=1.5 state:fin')).toEqual([1]);
    expect(ids('newest first', 'hidden>=256 text:king')).toEqual([3, 1]);
    expect(ids('newest first', 'b<')).toEqual([3, 2, 1]);
  });

  test('says which fields there are where a word asks for another', () => {
    expect(unknownField('gru foo:bar')).toBe(
      'There is no field foo; there are cell, state, text, origin, name, note, run, b, hidden, layers, size, passes, steps.',
    );
    for (const filter of ['cell:gru b<1.5', 'gru', 'cell', '']) {
      expect(unknownField(filter), filter).toBeUndefined();
    }
  });

  test('has the pinned ones first, and finds them by name and note', () => {
    const labelled = [
      ...runs.slice(0, 2),
      run({ id: 3, pinned: true, name: 'Night run', note: 'too hot' }),
      run({ id: 4 }),
    ];
    const named = (order: Parameters<typeof arrange>[1], filter: string) =>
      arrange(labelled, order, filter).map(({ id }) => id);
    expect(named('newest first', '')).toEqual([3, 4, 2, 1]);
    expect(named('best first', '')).toEqual([3, 1, 4, 2]);
    expect(named('newest first', 'night')).toEqual([3]);
    expect(named('newest first', 'note:hot name:run pinned')).toEqual([3]);
    const row = tableRows({
      ...{ runs: labelled.slice(2, 3), chosen: 0, marked: [3], drawn: [], serving: new Set() },
      ...{ evaluationsOf: () => [], width: 80, now: 0 },
    }).map(textOf);
    expect(row).toEqual([expect.stringMatching(/^▸ \+ +▴ {2}3 .*Night run/)]);
    expect(new Map(configurationOf(labelled[2] ?? run({}))).get('note')).toBe('too hot');
  });

  test('marks as many as one wants, and scrolls no further than it must', () => {
    expect([1, 2, 3, 4, 5, 2].reduce<readonly number[]>(toggleMark, [])).toEqual([...[1, 3, 4, 5]]);
    expect([
      scrollTo(0, 3, 5, 20),
      scrollTo(0, 7, 5, 20),
      scrollTo(9, 2, 5, 20),
      scrollTo(18, 19, 5, 20),
    ]).toEqual([0, 3, 2, 15]);
  });
});

describe('the form of a new training', () => {
  const offered = { corpora: ['bible', 'own'], runs: [{ id: 7, words: 'GRU 16' }] };
  const field = (wish: Wish, title: string) => {
    const found = [...fieldsOf(wish, offered), ...moreFieldsOf(wish)].find(
      (each) => each.title === title,
    );
    if (!found) throw new Error(`there is no field ${title}`);
    return found;
  };

  test('becomes the words of the command line', () => {
    const hidden = field(firstWish, 'hidden').type?.('96') ?? firstWish;
    const wish = field(field(hidden, 'text').change(1), 'dropout').change(1);
    expect(commandOf(wish).join(' ')).toBe(
      'train own --cell lstm --hidden 96 --layers 1 --embedding 256 --batch 32 --unroll 64 --dropout 0 --minutes 10 --json',
    );
    expect(commandOf({ ...firstWish, from: 7, unit: 'steps', budget: 50 }).join(' ')).toBe(
      'train bible --from 7 --batch 32 --unroll 64 --steps 50 --json',
    );
  });

  test('reads in subwords, and has the options of the command line on its second page', () => {
    const subwords = field(field(firstWish, 'tokens').change(1), 'tokens').change(1);
    const larger = field(subwords, 'vocabulary').change(1);
    const typed = [
      ['BPE dropout', '0.1'],
      ['recurrent drop', '0.2'],
      ['weight decay', '0.01'],
      ['clip', '2'],
      ['patience', '5'],
      ['random seed', '7'],
      ['threads', '1'],
      ['name', ' -first try '],
    ].reduce((wish, [title = '', text = '']) => field(wish, title).type?.(text) ?? wish, larger);
    const wish = field(field(typed, 'hold out').change(1), 'then serves').change(1);
    expect(commandOf(wish).join(' ')).toBe(
      'train bible --cell lstm --hidden 768 --layers 1 --embedding 256 --tokenizer bpe --vocab-size 1024 --bpe-dropout 0.1 ' +
        '--batch 32 --unroll 64 --recurrent-dropout 0.2 --weight-decay 0.01 --clip 2 --patience 5 --hold-out none ' +
        '--random-seed 7 --threads 1 --minutes 10 --name=-first try --serve --json',
    );
    // A run that it begins with has its own tokens.
    expect(commandOf({ ...wish, from: 7 }).join(' ')).not.toMatch(/token|vocab|bpe/);
  });

  test('leaves the lanes to a device that has its own, unless others are chosen', () => {
    const onCard = field(firstWish, 'device').change(1);
    expect(commandOf(onCard).join(' ')).toBe(
      'train bible --cell lstm --hidden 768 --layers 1 --embedding 256 --unroll 64 --device gpu --minutes 10 --json',
    );
    expect(lanesOf(onCard)).toBe(256);
    expect(commandOf({ ...onCard, batch: 48 })).toContain('--batch');
    expect(lanesOf({ ...onCard, batch: 48 })).toBe(48);
    expect(lanesOf(field(onCard, 'device').change(1))).toBe(32);
    expect(commandOf(field(onCard, 'device').change(-1))).toEqual(commandOf(firstWish));
  });

  test('calls a text of one’s own by its file', () => {
    expect(['~/Meus poemas.txt', 'Évora (1).txt', 'a.b.txt'].map(nameFor)).toEqual([
      ...['meus-poemas', 'evora-1', 'a-b'],
    ]);
  });

  test('knows its sizes, and what is of none', () => {
    expect(sizeOf(field(firstWish, 'size').change(-1))).toBe('small');
    expect(sizeOf(field(firstWish, 'hidden').change(1))).toBe('own');
    expect(field(firstWish, 'size').change(1)).toMatchObject({ embedding: 256, hidden: 1024 });
  });

  test('takes no value that cannot be', () => {
    for (const [title, text] of [
      ['hidden', '7'],
      ['hidden', '9.5'],
      ['layers', '5'],
      ['dropout', '0.96'],
      ['budget', 'long'],
      ['batch', ''],
    ] as const) {
      expect(field(firstWish, title).type?.(text)).toBeUndefined();
    }
    expect(field(firstWish, 'hidden').allowed).toBe('a whole number from 8 to 2048');
    expect(field(firstWish, 'embedding').type?.('one-hot')?.embedding).toBe('one-hot');
    expect(field({ ...firstWish, dropout: 0.5 }, 'dropout').type?.('')?.dropout).toBeNull();
  });

  test('asks for no shape where it begins with a run', () => {
    const titles = fieldsOf({ ...firstWish, from: 7 }, offered).map(({ title }) => title);
    expect(titles).not.toContain('hidden');
  });

  test('explains each of its fields in a terminal of any size', () => {
    const measured = {
      parameters: 1e6,
      vocabularySize: 75,
      memory: 3e8,
      charsPerSecond: 2e4,
      ...{ characters: 4e6, tokens: 4e6 },
    };
    const measurements: Measurement[] = [{ state: 'waiting' }, { state: 'measured', measured }];
    const wish: Wish = { ...firstWish, cell: 'gru', tokenizer: 'bpe', budget: 1440 };
    const pages = [false, true].map((isMore) => ({
      isMore,
      fields: isMore ? moreFieldsOf(wish) : fieldsOf(wish, offered),
    }));
    for (const [width, height] of [
      [60, 17],
      [80, 21],
      [82, 21],
      [200, 57],
    ] as const) {
      for (const measurement of measurements)
        for (const { fields, isMore } of pages) {
          fields.forEach(({ title, about }, chosen) => {
            const view = {
              wish,
              fields,
              chosen,
              isMore,
              typed: undefined,
              measurement,
              isBusy: true,
              earlier: [],
            };
            const rows = formView({ ...view, width, height }).map((row) => textOf(row));
            expect(rows).toHaveLength(height);
            expect(rows.join('\n')).not.toContain('…');
            const said = rows.join(' ').replace(/\s+/g, ' ');
            expect(said).toContain(about);
            expect(said).toContain(
              measurement.state === 'measured' ? 'time 1 d' : 'measure anyway',
            );
            expect(rows.join('\n')).toContain(`▸ ${title}`);
          });
        }
    }
  });

  test('has all of its fields on one page where that is wide, and what runs on its text came to', () => {
    expect(holdsBoth({ width: 200, height: 57 })).toBe(true);
    expect(holdsBoth({ width: 200, height: 37 })).toBe(false);
    expect(holdsBoth({ width: 120, height: 57 })).toBe(false);
    const fields = [...fieldsOf(firstWish, offered), ...moreFieldsOf(firstWish)];
    const rows = formView({
      ...{ wish: firstWish, fields, chosen: 0, isMore: false, typed: undefined, isBusy: false },
      measurement: { state: 'measuring' },
      earlier: [{ id: 4, corpus: 'bible', notation: 'LSTM 1 × 512', bitsPerCharacter: 1.31 }],
      ...{ width: 200, height: 57 },
    }).map(textOf);
    for (const { title, about } of fields) {
      expect(rows.find((row) => row.slice(5).startsWith(`${title} `))).toContain(about);
    }
    expect(rows.join('\n')).toMatch(
      /Best so far *\n.*held-out bits.*\n.*1\.310 {2}LSTM 1 × 512 {2}run 4/,
    );
  });

  test('tells what a budget comes to', () => {
    const wish = { ...firstWish, batch: 10, unroll: 10 };
    const read = (characters: number, tokens: number) => ({
      charsPerSecond: 1000,
      characters,
      tokens,
    });
    expect(cost({ ...wish, unit: 'passes', budget: 2 }, read(9400, 9400))).toEqual({
      steps: 188,
      passes: 2,
      seconds: 20,
    });
    expect(cost({ ...wish, unit: 'minutes', budget: 1 }, read(56_400, 56_400))).toMatchObject({
      steps: 564,
      passes: 1,
    });
    // A step reads as many tokens, and subwords have several characters each.
    expect(cost({ ...wish, unit: 'passes', budget: 2 }, read(9400, 4700))).toEqual({
      steps: 94,
      passes: 2,
      seconds: 20,
    });
  });
});

test('the time left goes on as the time until now', () => {
  const settings = { steps: 100 } as Run['settings'];
  expect(secondsLeft(run({ settings, steps: 25, elapsed: 50 }))).toBe(150);
  expect(secondsLeft(run({ settings, steps: 0 }))).toBeNaN();
});

describe('inside', () => {
  test('a text is read after a newline, then the network goes on by itself', () => {
    const ids = Int32Array.of(4, 5);
    const frame = (input: number) => ({
      input,
      gates: {},
      states: {},
      logits: Float32Array.of(0, 1, 0),
    });
    let reading = beginReading(ids);
    const inputs: number[] = [];
    for (let step = 0; step < 4; step++) {
      inputs.push(nextInput(reading, 9));
      reading = afterStep(reading, frame(inputs.at(-1) ?? 0), 1, () => 1);
    }
    expect(inputs).toEqual([9, 4, 5, 1]);
    expect(reading.steps.map(({ drawn }) => drawn)).toEqual([false, false, true, true]);
    expect(likeliest(Float64Array.of(0.1, 0.6, 0.3), 2)).toEqual([
      { id: 1, chance: 0.6 },
      { id: 2, chance: 0.3 },
    ]);
  });

  test('a one-hot network has a column of its input weights for a character', () => {
    const array = (shape: number[], values: number[]) => ({
      shape,
      data: Float32Array.from(values),
    });
    const config = { cell: 'lstm', vocabularySize: 2, hidden: 2, layers: 1 } as const;
    const weights = {
      embedding: array([2, 3], [1, 2, 3, 4, 5, 6]),
      'layer0.i.W': array([2, 2], [1, 2, 3, 4]),
      'layer0.f.W': array([2, 2], [5, 6, 7, 8]),
      'layer0.g.W': array([2, 2], [9, 9, 9, 9]),
      'layer0.o.W': array([2, 2], [9, 9, 9, 9]),
      'layer1.i.W': array([2, 2], [9, 9, 9, 9]),
    };
    expect(
      characterVectors({ config: { ...config, embedding: 3 }, weights }).map((each) => [...each]),
    ).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(
      characterVectors({ config: { ...config, embedding: 'one-hot' }, weights }).map((each) => [
        ...each,
      ]),
    ).toEqual([
      [1, 3, 5, 7, 9, 9, 9, 9],
      [2, 4, 6, 8, 9, 9, 9, 9],
    ]);
  });

  test('the map lays out what differs most, and finds the neighbours', () => {
    const vectors = [
      [10, 1, 0],
      [-10, 1, 0],
      [10, -1, 0],
      [-10, -1, 0],
    ].map((each) => Float32Array.from(each));
    const places = principalPlane(vectors).map(({ x, y }) => [Math.abs(x), Math.abs(y)]);
    for (const [x = 0, y = 0] of places) {
      expect(x).toBeCloseTo(1, 2);
      expect(y).toBeCloseTo(1, 2);
    }
    expect(nearest(vectors, 0, 1)[0]?.id).toBe(2);
  });

  test('a text has the surprise of each character over it, and the book that it surprises least', () => {
    const score = {
      bitsPerCharacter: 5,
      characters: 2,
      tokens: [
        { text: 'a', bits: 0, characters: 1 },
        { text: 'b', bits: 10, characters: 1 },
      ],
      leftOut: [],
      leftOutCount: 0,
      rewritten: [],
    };
    expect(surpriseRows(score, 10, 6).map(textOf).slice(0, 3)).toEqual([' █', ' █', 'ab']);
    const wide = {
      ...score,
      tokens: [
        { text: '漢', bits: 10, characters: 1 },
        { text: '\u0301', bits: 0, characters: 1 },
        { text: 'b', bits: 10, characters: 1 },
      ],
    };
    expect(surpriseRows(wide, 10, 6).map(textOf).slice(0, 3)).toEqual([
      '██ █',
      '██ █',
      '漢◌\u0301b',
    ]);
    expect(
      surpriseRows(wide, 2, 40)
        .map(textOf)
        .filter((row) => row.includes('漢')),
    ).toEqual(['漢']);
    const rows = whoseRows(
      [
        { corpus: 'bible', run: 1, score },
        { corpus: 'plato', run: 2, score: { ...score, bitsPerCharacter: 4 } },
      ],
      100,
      5,
    );
    expect(rows.map(textOf).slice(3)).toEqual([
      "It sounds like Plato's Republic: 2 bits more likely than by the next.",
      "2 of 5 characters were read: the others are not in every network's vocabulary.",
      '',
      "Plato's Republic, King James Bible: who expected each character clearly more",
      'ab',
    ]);
  });

  test('tells which of two networks expected each character more, and where one was surprised most', () => {
    const scored = (...surprises: readonly number[]) => ({
      bitsPerCharacter: surprises.reduce((sum, each) => sum + each, 0) / 3,
      characters: 3,
      tokens: surprises.map((bits, place) => ({ text: 'xyz'.charAt(place), bits, characters: 1 })),
      ...{ leftOut: [], leftOutCount: 0, rewritten: [] },
    });
    const rows = whoseRows(
      [
        { corpus: 'bible', run: 1, score: scored(1, 3, 2) },
        { corpus: 'plato', run: 2, score: scored(2, 1, 2.4) },
      ],
      62,
    );
    const { bold } = { bold: true };
    expect(rows.at(-1)).toEqual([
      { text: 'x', tone: 'lapis', underline: true },
      { text: 'y', tone: 'gold', bold },
      { text: 'z', tone: 'faint' },
    ]);
    expect(
      surpriseRows(scored(1, 3, 2), 20, 30)
        .map(textOf)
        .slice(-4),
    ).toEqual([
      'most surprising',
      `  3.0 bits  ${' '.repeat(11)}xyz`,
      `  2.0 bits  ${' '.repeat(10)}xyz`,
      `  1.0 bits  ${' '.repeat(12)}xyz`,
    ]);
  });

  test('shows the formats side by side where a terminal is wide', () => {
    const each = formatRoom({ width: 196, height: 50 });
    expect(each).toEqual({ width: 62, height: 38 });
    const columns = formatColumns(
      {
        'one to many': [line('written')],
        'many to one': [line('compared')],
        'many to many': [line('surprised')],
      },
      196,
    ).map(textOf);
    expect(columns[0]?.split(/ {3,}/)).toEqual(['one to many', 'many to one', 'many to many', '']);
    expect(columns.at(-1)?.trim().split(/ +/)).toEqual(['written', 'compared', 'surprised']);
    expect(columns.every((row) => row.length === 194)).toBe(true);
  });
});

describe('a network that is exported from here', () => {
  const home = mkdtempSync(join(tmpdir(), 'escriba-home-'));
  afterAll(() => rmSync(home, { recursive: true }));

  test('goes to the file that was typed, ~ being the home directory, and one that is there is told of', () => {
    expect(exportFile(' ~/bible.onnx ', home)).toEqual({
      path: join(home, 'bible.onnx'),
      exists: false,
    });
    writeFileSync(join(home, 'bible.onnx'), '');
    expect(exportFile('~/bible.onnx', home).exists).toBe(true);
  });

  test('goes with others to a file each, never to one', () => {
    const runs = [
      { id: 3, corpus: 'bible' },
      { id: 5, corpus: 'my-poems' },
    ];
    expect(exportFiles('~/net-*.onnx', runs, home)).toEqual([
      { run: 3, path: join(home, 'net-bible-3.onnx'), exists: false },
      { run: 5, path: join(home, 'net-my-poems-5.onnx'), exists: false },
    ]);
    expect(() => exportFiles('~/net.onnx', runs, home)).toThrow(
      'All 2 runs would go to ~/net.onnx.',
    );
  });

  test('goes nowhere else, and the reason speaks of what was typed', () => {
    mkdirSync(join(home, 'folder.onnx'));
    expect(() => exportFile('bible.txt', home)).toThrow(
      'bible.txt does not end in .safetensors or .onnx.',
    );
    expect(() => exportFile('~/folder.onnx', home)).toThrow('~/folder.onnx is a directory.');
    expect(() => exportFile('~/no/bible.onnx', home)).toThrow('There is no directory');
  });
});

test('a run that would start over is resumed only after a question', () => {
  const did: string[] = [];
  const shell = {
    ask: ({ text }: Question) => void did.push(text),
    attempt: (work: () => void) => work(),
  };
  const resume = () => void did.push('resumed');
  askToResume({ id: 3, steps: 1200 }, true, resume, shell);
  askToResume({ id: 3, steps: 1200 }, false, resume, shell);
  expect(did).toEqual([
    'resumed',
    'Run 3 has no checkpoint to resume from. Start over, losing its 1,200 steps?',
  ]);
});

test('the bot is asked with what it takes', () => {
  const wish = {
    corpus: 'bible',
    run: 3,
    seed: 'Henrique',
    temperature: 2,
    length: { passages: 20 },
  };
  expect(botCommand(wish)).toBe('/bible seed:Henrique verses:8 temperature:1.5 model:3');
  expect(
    botCommand({ ...wish, corpus: 'plato', seed: '', temperature: 0.5, length: { characters: 9 } }),
  ).toBe('/plato temperature:0.5 model:3');
  expect(botCommand({ ...wish, corpus: 'own' })).toBe(
    '/write corpus:own seed:Henrique lines:8 temperature:1.5 model:3',
  );
});

describe('what was written', () => {
  const by = { corpus: 'plato', run: 1, temperature: 0.8, topP: 0.9, topK: 0, minP: 0 };
  const network = run({}).network;
  const checkpoint: Checkpoint = {
    kind: 'best',
    ...{ id: 1, run: 1, step: 1, bitsPerCharacter: 1.5, bytes: 0, created: 0, resumable: false },
  };
  const pane = (id: number, temperature: number): Pane => ({
    model: { run: run({ id, network }), checkpoint, serves: false },
    temperature,
    written: {
      ...{ state: 'done', by, seed: '', text: 'So he said.', note: 'left out \u001b' },
      ...{ charsPerSecond: 9, randomSeed: 5 },
    },
  });
  const page = (
    panes: readonly Pane[],
    screenReader = false,
    earlier: readonly Written[] = [],
    topK = 0,
  ) =>
    writeView({
      ...{ seed: '', typed: undefined, panes, options: [], earlier, chosen: '' },
      ...{ topP: 0.9, topK, minP: 0 },
      ...{ scrolled: undefined, width: 120, height: 20, screenReader },
    })
      .map(textOf)
      .join('\n');

  test('says who wrote it and how, where something else is chosen by now', () => {
    expect(page([pane(1, 0.8)])).not.toContain('written');
    expect(page([pane(1, 0.8)], false, [], 5)).toContain(
      'written without top-k; Enter writes again',
    );
    expect(page([pane(2, 1.2)])).toContain(
      "written by Plato's Republic, run 1, at temperature 0.8; Enter writes again",
    );
    expect(page([pane(1, 0.8)])).toContain('left out ␛');
  });

  test('keeps what was written before beside it, where there is room', () => {
    const before = pane(1, 0.8).written;
    const earlier = before ? [{ ...before, text: 'He came up.' }] : [];
    expect(page([pane(1, 0.8)], false, earlier)).toContain('He came up.');
    expect(page([pane(1, 0.8), pane(2, 1)], false, earlier)).not.toContain('He came up.');
  });

  test('stands side by side, and read aloud one after the other', () => {
    const both = /So he said\..*So he said\./;
    expect(page([pane(1, 0.8), pane(1, 0.8)])).toMatch(both);
    expect(page([pane(1, 0.8), pane(1, 0.8)], true)).not.toMatch(both);
    expect(page([pane(1, 0.8), pane(1, 0.8)], true)).toMatch(new RegExp(both, 's'));
  });
});

describe('a network that was not trained here', () => {
  const page = (change: Partial<Run>, isFirst = true) =>
    trainView({
      data: {
        run: run(change),
        ...{ curve: [], evaluations: [], usage: [], samples: [], checkpoint: null },
        ...{ isFirst, other: null, serving: null, older: null, newer: null },
      },
      ...{
        look,
        cursor: undefined,
        log: undefined,
        skipped: 0,
        width: 80,
        height: 20,
        dots: braille,
      },
      ...{ screenReader: false, now: 0 },
    })
      .map(textOf)
      .join('\n');

  test('says where it comes from and how good it is, and draws no empty chart', () => {
    const shipped = page({ origin: 'shipped', best: { step: 9, bitsPerCharacter: 1.402 } });
    expect(shipped).toContain('✓ bundled');
    expect(shipped).toContain('This network is bundled with Escriba. 4 writes with it');
    expect(shipped).toContain('1.402 bits per character on held-out text');
    expect(shipped).not.toMatch(/[─│┤┬]{3}|step 0|–/);
    const imported = page({ id: 7, origin: 'imported' });
    expect(imported).toContain('This network was imported from a file.');
    expect(imported).toContain('`escriba evaluate 7` measures it');
  });

  test('offers a first training as long as there was none', () => {
    const offer = /Enter to\s+train\s+a small one/;
    expect(page({ origin: 'shipped' })).toMatch(offer);
    expect(page({ origin: 'shipped' }, false)).not.toMatch(offer);
    expect(page({ origin: 'trained' })).not.toMatch(offer);
  });
});

describe('the chart of a training', () => {
  const point = (step: number, loss: number): CurvePoint => ({
    ...{ step, passes: step / 10, elapsed: step, learningRate: 0.001, charsPerSecond: 9 },
    bitsPerCharacter: { min: loss, mean: loss, max: loss },
    gradientNorm: { min: 1, mean: 1, max: 1 },
  });
  const curve = [point(1, 5), point(50, 3), point(100, 2)];
  const drawn = (change: Partial<ChartLook> = {}, width = 80, cursor?: number) =>
    lossChart(
      {
        run: { corpus: 'own', bitsPerCharacter: 1.45, steps: 100 },
        curve,
        evaluations: [{ step: 60, passes: 6, elapsed: 60, bitsPerCharacter: 2.75 }],
      },
      { ...look, ...change },
      { width, height: 14 },
      braille,
      cursor,
    ).map(textOf);

  test('names the one training loss of the store, however wide it is', () => {
    for (const width of [60, 80, 200]) {
      expect(drawn({}, width).join('\n')).toContain('1.450 training');
    }
  });

  test('names the best validation loss, as the tables do, where a later one is worse', () => {
    const evaluations = [2.5, 2.75].map((bitsPerCharacter, place) => ({
      ...{ step: 60 + place, passes: 6, elapsed: 60 + place },
      bitsPerCharacter,
    }));
    const shown = { run: run({ id: 3, steps: 100, bitsPerCharacter: 1.45 }), curve, evaluations };
    const size = { width: 80, height: 14 };
    const chart = lossChart(shown, look, size, braille).map(textOf).join('\n');
    expect(chart).toContain('2.500 best validation');
    expect(chart).not.toContain('2.750');
    const compared = compareChart([shown], look, size, braille).map(textOf).join('\n');
    expect(compared).toContain('◆ 2.500 run 3');
  });

  test('has the name of its axis, and a sign where the network was evaluated', () => {
    expect(drawn({ xAxis: 'steps' }).at(-1)).toMatch(/ 100 +steps/);
    expect(drawn().filter((row) => row.includes('•'))).toHaveLength(1);
  });

  test('reads off what stands at its cursor', () => {
    const [head, ...rows] = drawn({}, 80, 50);
    expect(head).toBe('step 50, 50 s, 5.00 passes  training 3.000');
    expect(rows.filter((row) => row.slice(8).includes('│')).length).toBeGreaterThan(5);
    expect(drawn({}, 80, 99)[0]).toContain('training 2.000  validation 2.750');
  });

  test('says what of it is not as usual', () => {
    expect(drawn({ zoom: zooms[2], isLogarithmic: true, isSmooth: false })[0]).toBe(
      'bits per character · last tenth · logarithmic · not smoothed',
    );
  });

  test('of runs compared says which loss is drawn; a single evaluation is a point', () => {
    const evaluations = [{ step: 60, passes: 6, elapsed: 60, bitsPerCharacter: 2.75 }];
    const runs = [
      { run: run({ id: 1, steps: 100, bitsPerCharacter: 1.45 }), curve, evaluations },
      { run: run({ id: 2, steps: 100, bitsPerCharacter: 1.5 }), curve, evaluations: [] },
    ];
    const rows = compareChart(runs, look, { width: 80, height: 14 }, braille).map(textOf);
    expect(rows.join('\n')).toContain('◆ 2.750 run 1 ');
    expect(rows.join('\n')).toContain('● 1.500 run 2, training');
    const field = rows.map((row) => row.slice(0, 50)).join('\n');
    expect(field.match(/◆/g)).toHaveLength(1);
    expect(field.match(/●/g)?.length).toBeGreaterThan(1);
  });
});

test('the head says that a training runs at the smallest sizes, before the name of the program', () => {
  const [open] = screens;
  const state = liveWords([run({ id: 12, state: 'running' })]);
  for (const [width, says] of [
    [60, /● 100 %/],
    [80, /● run 12 {2}100 %/],
    [120, /¶ escriba .*● run 12/],
  ] as const) {
    const [row = []] = header(screens, open, state, width);
    expect(textOf(row)).toMatch(says);
    expect(lineWidth(row)).toBe(width);
  }
});

test('a training says what it takes of the machine, and when its first sample comes', () => {
  const usage = [{ step: 5, elapsed: 10, processors: 1.94, memory: 412e6 }];
  const machine = { ...{ version: '1', engine: 'onnx', engineVersion: '1' }, threads: 2 };
  const settings = completeSettings(
    { ...{ batch: 32, unroll: 64, steps: 2000, randomSeed: 1 }, heldOut: 'units' },
    { cell: 'lstm', vocabularySize: 75, embedding: 64, hidden: 256, layers: 1 },
    { training: 1e6, validation: 1e5, tokenizer: 'char' },
  );
  const page = (width: number) =>
    trainView({
      data: {
        run: run({
          ...{ state: 'running', settings, steps: 5, elapsed: 10 },
          machine: { ...machine, processor: 'one' },
        }),
        ...{ curve: [], evaluations: [], usage, samples: [], checkpoint: null },
        ...{ isFirst: false, other: null, serving: null, older: null, newer: null },
      },
      ...{
        look,
        cursor: undefined,
        log: undefined,
        skipped: 0,
        width,
        height: 40,
        dots: braille,
      },
      ...{ screenReader: false, now: 0 },
    })
      .map(textOf)
      .join('\n');
  for (const width of [100, 140]) {
    expect(page(width)).toMatch(/1\.9( of 2)?/);
    expect(page(width)).toContain('412 MB');
    expect(page(width)).toContain('The first sample comes at step 20, in 30 s.');
    expect(page(width)).toMatch(/Validation: at step \d+ at the latest\./);
  }
});

test('why a run does not go on is said in whole sentences', () => {
  const page = (change: Partial<Run>, now = 0) =>
    trainView({
      data: {
        run: run(change),
        ...{ curve: [], evaluations: [], usage: [], samples: [], checkpoint: null },
        ...{ isFirst: false, other: null, serving: null, older: null, newer: null },
      },
      ...{
        look,
        cursor: undefined,
        log: undefined,
        skipped: 0,
        width: 200,
        height: 20,
        dots: braille,
      },
      ...{ screenReader: false, now },
    })
      .map(textOf)
      .join('\n');
  expect(page({ state: 'died' }, 1000)).toContain(
    'Its process is gone; it last wrote just now. It',
  );
  expect(page({ state: 'failed', reason: 'No room.' })).toContain('It failed: No room. It has');
  expect(page({ state: 'failed', reason: 'no room' })).toContain('It failed: no room. It has');
});

test('the size of a network is told with what training keeps, where it was trained here', () => {
  const size = (change: Partial<Run>) => new Map(configurationOf(run(change))).get('parameters');
  const parameters = 1500;
  expect(size({ parameters })).toBe('1,500, 24 kB with what training keeps');
  expect(size({ parameters, origin: 'shipped' })).toBe('1,500, 6 kB of weights');
});

describe('how the bot does', () => {
  const info = {
    ...{ started: 0, connected: true, servers: 1, requests: 9, texts: 7, posts: 1, failures: 0 },
    ...{ turnedAway: 0, waiting: 0, cooldowns: 2, delays: { middle: 840, longest: 2100 } },
  };
  const schedule: Schedule = {
    ...usualSchedule,
    guild: '1',
    channel: '2',
    time: '08:30',
    zone: 'UTC',
    book: 'bible',
    kind: 'written',
    locale: 'en',
    setBy: '3',
    paused: null,
    refusals: 0,
    next: { day: '2026-02-01', due: 9 },
  };
  const shown = (data: Partial<BotData>) =>
    botView({
      data: { bot: null, schedules: [], log: [], ...data },
      ...{
        readings: [],
        console: [],
        isWaiting: false,
        open: 'console',
        scrolled: 0,
        width: 80,
        height: 20,
      },
      ...{ now: 60_000, dots: braille },
    })
      .map(textOf)
      .join('\n');

  test('is told with how long answers take, and how many asked too often', () => {
    const bot = { pid: 7, host: 'here', isHere: true, alive: true, at: 60_000, info };
    const page = shown({ bot });
    expect(page).toContain('response time 840 ms typical, slowest 2.1 s');
    expect(page).toContain('2 requests refused for asking too often');
    expect(page).toContain('1 server ');
  });

  test('is told with every schedule, and why one is paused', () => {
    const refused: Settled = {
      state: 'skipped',
      day: '2026-01-31',
      channel: '2',
      settled: 1,
      reason: 'refused',
      detail: 'Missing Access',
    };
    const page = shown({
      schedules: [
        { schedule, last: null },
        { schedule: { ...schedule, number: 2, paused: 'asked' }, last: null },
        { schedule: { ...schedule, paused: 'refused', refusals: 3 }, last: refused },
      ],
    });
    expect(page).toMatch(/08:30 UTC .* next 2026-02-01 {2}none yet/);
    expect(page).toMatch(/post 1 {2}08:30 UTC .* server 1 /);
    expect(page).toMatch(/post 2 {2}08:30 UTC .* server 1\n.* paused: at the request/);
    expect(page).toContain('‖ paused: at the request of the server');
    expect(page).toContain('‖ paused: Discord refused it 3 times (Missing Access)');
    expect(page).not.toContain('…');
  });
});

test('the link that adds the bot to a server is found whole in the log', () => {
  const link = 'https://discord.com/oauth2/authorize?client_id=1&permissions=117760&scope=bot';
  const log = [
    `To add it to a server: ${link}`,
    'To use it anywhere yourself: https://discord.com/oauth2/authorize?client_id=1',
  ];
  expect(invitationIn(log)).toBe(link);
  expect(invitationIn(['Connected to Discord.'])).toBeNull();
});

test('the buttons of the last answer of the console are those that can be pressed', () => {
  const answer = ['› /bible', 'In the beginning', ' 1 Again   2 Change…   3 What it really says '];
  expect(buttonsOf(answer)).toEqual([
    { number: '1', label: 'Again' },
    { number: '2', label: 'Change…' },
    { number: '3', label: 'What it really says' },
  ]);
  expect(buttonsOf([...answer, '› /help'])).toEqual([]);
  expect(buttonsOf(['› /bible', '1 Samuel 3:10 And the LORD'])).toEqual([]);
});

test('answers a minute are those of the last minute, counted from one start of the bot to the next', () => {
  const info = {
    started: 1,
    connected: true,
    servers: 1,
    requests: 0,
    cooldowns: 0,
    turnedAway: 0,
    waiting: 0,
    delays: null,
    texts: 0,
    posts: 0,
    failures: 0,
  };
  const two = addReading(addReading([], info, 1000), { ...info, requests: 4 }, 31_000);
  expect(perMinute(two)).toBe(4);
  expect(history(two)).toEqual([8]);
  const three = addReading(two, { ...info, requests: 30 }, 91_000);
  expect(perMinute(three)).toBe(26);
  expect(addReading(two, { ...info, requests: 9 }, 31_000)).toBe(two);
  expect(perMinute(addReading(two, { ...info, started: 2 }, 40_000))).toBeUndefined();
  expect(perMinute(addReading(two, { ...info, requests: 30 }, 400_000))).toBeUndefined();
});

test('the log of a training has its last lines, each whole', () => {
  const at = (minute: number) => new Date(2026, 4, 3, 12, minute).getTime();
  const log = [
    { created: at(9), text: 'Finished at step 24, after a while.' },
    { created: at(8), text: 'Paused.' },
    { created: at(7), text: 'Started, for 24 steps, which are some.' },
  ];
  const rows = logRows(log, { width: 30, height: 5, now: at(30) }).map(textOf);
  expect(rows).toEqual([
    'log',
    '12:08:00  Paused.',
    '12:09:00  Finished at step 24,',
    '          after a while.',
  ]);
  const later = logRows(log.slice(1, 2), { width: 40, height: 5, now: at(60 * 24) });
  expect(later.map(textOf)).toEqual(['log', '2026-05-03 12:08  Paused.']);
});
