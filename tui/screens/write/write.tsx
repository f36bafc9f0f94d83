import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type ReactElement, useState } from 'react';
import { networkNotation } from '../../../src/network/notation.ts';
import { passageKindOf } from '../../../src/run/corpora.ts';
import { writeFileWhole } from '../../../src/run/write-file-whole.ts';
import { usualDraw } from '../../../src/sample/draw.ts';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useStoreQuery } from '../../data/use-store-query.ts';
import { writableNetworks } from '../../data/writable-networks.ts';
import { bits } from '../../drawing/numbers.ts';
import { editOf } from '../../keys/text-edit.ts';
import { useActions } from '../../keys/use-actions.ts';
import { typedPath } from '../../processes/typed-path.ts';
import { useProgram } from '../../program.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { failure, useShell } from '../../shell/shell.ts';
import { useClipboard } from '../../shell/use-clipboard.ts';
import { useChoice } from '../../widgets/choice.ts';
import { askLine, useTypedText } from '../../widgets/text-field.ts';
import { runWords, titleOf } from '../run-words.ts';
import { botCommand } from './bot-command.ts';
import { writeKeys } from './keys.ts';
import {
  lengths,
  lengthWords,
  minPs,
  stepIn,
  stopOf,
  temperatures,
  topKs,
  topPs,
} from './options.ts';
import { useWritten } from './use-written.ts';
import { writeView } from './write-view.ts';
import type { Written } from './written.ts';

/** What a pane writes by: a run (null for the first there is) and a temperature. */
interface Chosen {
  readonly run: number | null;
  readonly temperature: number;
}

const firstChosen: readonly [Chosen, Chosen] = [
  { run: null, temperature: usualDraw.temperature },
  { run: null, temperature: 1.2 },
];

const seedState = persistentState(() => 'Henrique');
const panesState = persistentState(() => firstChosen);
const splitState = persistentState(() => false);
const lengthState = persistentState(() => lengths[2] ?? { characters: 400 });
const topPState = persistentState(() => usualDraw.topP);
const topKState = persistentState(() => usualDraw.topK);
const minPState = persistentState(() => usualDraw.minP);
/** The random seed that every text has; null where each has one of its own. */
const fixedSeedState = persistentState<number | null>(() => null);
const earlierState = persistentState<readonly Written[]>(() => []);
const optionState = persistentState(() => 0);
const leftState = persistentState<Written | undefined>(() => undefined);
const rightState = persistentState<Written | undefined>(() => undefined);

const mostEarlier = 8;

/** Lets networks write: one, or two side by side. */
function Write({ width, height }: Size): ReactElement {
  const { botConsole, theme } = useProgram();
  const shell = useShell();
  const copyText = useClipboard();
  const models = useStoreQuery('writable', writableNetworks);
  const [seed, setSeed] = usePersistentState(seedState);
  const [chosen, setChosen] = usePersistentState(panesState);
  const [isSplit, setSplit] = usePersistentState(splitState);
  const [length, setLength] = usePersistentState(lengthState);
  const [topP, setTopP] = usePersistentState(topPState);
  const [topK, setTopK] = usePersistentState(topKState);
  const [minP, setMinP] = usePersistentState(minPState);
  const choice = useChoice(width);
  const [fixedSeed, setFixedSeed] = usePersistentState(fixedSeedState);
  const [earlier, setEarlier] = usePersistentState(earlierState);
  const [place, setPlace] = usePersistentState(optionState);
  const [scrolled, setScrolled] = useState<number>();
  const left = useWritten(leftState);
  const right = useWritten(rightState);

  const written = isSplit ? [left, right] : [left];
  const panes = written.map((each, index) => {
    const { run, temperature } = chosen[index] ?? firstChosen[0];
    const model = models.find((every) => every.run.id === run) ?? models[0];
    return { model, temperature, written: each.written };
  });
  const options = [
    ...panes.flatMap((_, index) => [`model ${index}`, `temperature ${index}`]),
    'length',
    'top-p',
    'top-k',
    'min-p',
    'random seed',
  ];
  const option = options[Math.min(place, options.length - 1)] ?? 'length';

  const write = () => {
    const randomSeed = fixedSeed ?? randomInt(1e6);
    setScrolled(undefined);
    const before = left.written;
    if (!isSplit && before?.state === 'done' && before.text !== '')
      setEarlier([before, ...earlier].slice(0, mostEarlier));
    panes.forEach(({ model, temperature }, index) => {
      if (!model) return;
      const request = {
        seed,
        temperature,
        topP,
        topK,
        minP,
        randomSeed,
        ...stopOf(length, passageKind),
      };
      written[index]?.write(model, request);
    });
  };
  const choose = (pane: number, next: Partial<Chosen>) =>
    setChosen(([one, other]) =>
      pane === 0 ? [{ ...one, ...next }, other] : [one, { ...other, ...next }],
    );
  /** Of the pane whose options are at hand. */
  const pickModel = () => {
    const pane = option.endsWith(' 1') ? 1 : 0;
    choice.offer(
      'Which network writes?',
      models.map(({ run, checkpoint, serves }) => ({
        title: `${titleOf(run.corpus)}, ${runWords(run)}${serves ? ' ★' : ''}`,
        about: `${networkNotation(run.network)}, ${bits(checkpoint.bitsPerCharacter)} bits per character`,
        take: () => choose(pane, { run: run.id }),
      })),
    );
  };
  const change = (by: number) => {
    const [name, index] = option.split(' ');
    const pane = panes[Number(index)];
    const put = (next: Partial<Chosen>) => choose(Number(index), next);
    if (name === 'length') setLength(stepIn(lengths, length, by));
    else if (option === 'top-p') setTopP(stepIn(topPs, topP, by));
    else if (option === 'top-k') setTopK(stepIn(topKs, topK, by));
    else if (option === 'min-p') setMinP(stepIn(minPs, minP, by));
    else if (option === 'random seed')
      setFixedSeed(fixedSeed === null ? (left.written?.randomSeed ?? randomInt(1e6)) : null);
    else if (name === 'temperature' && pane)
      put({ temperature: stepIn(temperatures, pane.temperature, by) });
    else if (pane?.model) put({ run: stepIn(models, pane.model, by).run.id });
  };
  const haltAll = () => {
    for (const each of written) each.halt();
  };
  const askBot = () => {
    const { model, temperature } = panes[0] ?? {};
    if (!model || temperature === undefined) return;
    const { corpus, id } = model.run;
    botConsole.type(botCommand({ corpus, run: id, seed, temperature, length }));
    shell.open('bot');
  };
  const typing = useTypedText(setSeed);
  const text = written
    .map((each) => (each.written ? each.written.seed + each.written.text : ''))
    .filter(Boolean)
    .join('\n\n');
  const copy = () => copyText(text);
  const saving = useTypedText((name) => {
    if (name.trim() === '') return;
    const path = typedPath(name);
    const save = () =>
      void writeFileWhole(path, `${text}\n`).then(
        () => shell.tell({ kind: 'done', text: `Saved ${path}.` }),
        (error: unknown) => shell.tell(failure(error)),
      );
    if (existsSync(path)) shell.ask({ text: `${path} exists. Overwrite it?`, yes: save });
    else save();
  });
  const isWriting = written.some((each) => each.written?.state === 'writing');
  const scroll = (by: number) => setScrolled((before) => Math.max(0, (before ?? 0) + by));
  useActions(writeKeys, {
    write: models.length > 0 ? write : undefined,
    halt: isWriting ? haltAll : undefined,
    seed: () => typing.begin(editOf(seed)),
    next: () => setPlace((Math.min(place, options.length - 1) + 1) % options.length),
    before: () =>
      setPlace((Math.min(place, options.length - 1) + options.length - 1) % options.length),
    less: () => change(-1),
    more: () => change(1),
    model: models.length > 1 ? pickModel : undefined,
    compare: () => setSplit(!isSplit),
    reply: panes[0]?.model ? askBot : undefined,
    copy: text === '' ? undefined : copy,
    save:
      text === '' ? undefined : () => saving.begin(editOf(`${written[0]?.written?.by.corpus}.txt`)),
    pageUp: (key) => scroll(key === 'wheel-up' ? -3 : -8),
    pageDown: (key) => scroll(key === 'wheel-down' ? 3 : 8),
  });
  const asked = saving.edit ? [askLine('Save the text to', saving.edit, width)] : choice.rows;
  const corpus = panes[0]?.model?.run.corpus ?? '';
  const passageKind = useStoreQuery(`passages of ${corpus}`, (store) =>
    passageKindOf(store, corpus),
  );
  return (
    <Lines
      rows={[
        ...writeView({
          seed,
          typed: typing.edit,
          panes,
          options: [
            ['length', lengthWords(length, passageKind)],
            ['top-p', String(topP)],
            ['top-k', topK === 0 ? 'off' : String(topK)],
            ['min-p', minP === 0 ? 'off' : String(minP)],
            ['random seed', fixedSeed === null ? 'new' : String(fixedSeed)],
          ],
          ...{ topP, topK, minP },
          earlier,
          chosen: option,
          scrolled,
          width,
          height: height - asked.length,
          screenReader: theme.screenReader,
        }),
        ...asked,
      ]}
    />
  );
}

export const writeScreen: Screen = {
  name: 'write',
  title: 'Write',
  tab: '4',
  open: { keys: ['4'], label: '', help: 'Write: let a network write' },
  scopes: [writeKeys],
  Component: Write,
};
