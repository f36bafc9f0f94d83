import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useStoreQuery } from '../../data/use-store-query.ts';
import { writableNetworks } from '../../data/writable-networks.ts';
import { fill, indent } from '../../drawing/layout.ts';
import { blank, type Line, line, quiet } from '../../drawing/line.ts';
import { escapeControl, wrap } from '../../drawing/text.ts';
import { graphemesOf } from '../../drawing/width.ts';
import { editOf } from '../../keys/text-edit.ts';
import { useActions } from '../../keys/use-actions.ts';
import { useProgram } from '../../program.ts';
import { failureRows, middle } from '../../shell/frame.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { useShell } from '../../shell/shell.ts';
import { askLine, useTypedText } from '../../widgets/text-field.ts';
import { stepIn, temperatures } from '../write/options.ts';
import { cellView } from './cell-view.ts';
import {
  type Format,
  formatColumns,
  formatHead,
  formatRoom,
  formats,
  formatsBeside,
  surpriseRows,
  whoseRows,
} from './formats-view.ts';
import {
  type Inside as InsideData,
  insideTitle,
  insideViews,
  textRow,
  tokenWord,
} from './inside-view.ts';
import { insideKeys } from './keys.ts';
import { loopView } from './loop-view.ts';
import { mappedIds, mapView } from './map-view.ts';
import { mapSentences, stepSentences, surpriseSentences } from './sentences.ts';
import { InsideSession } from './session.ts';
import { unitSentence } from './unit-view.ts';
import { useScores } from './use-scores.ts';

const runState = persistentState<number | null>(() => null);
const textState = persistentState(() => 'In the beginning God created the heaven and the earth.');
const sessionState = persistentState(({ watch, closeAtEnd }) => {
  const session = new InsideSession(watch.store, watch.now);
  closeAtEnd(() => session.close());
  return session;
});
const viewState = persistentState(() => 0);
const formatState = persistentState(() => 0);
const layerState = persistentState(() => 0);
const mappedState = persistentState(() => 'e');
const unitState = persistentState<number | undefined>(() => undefined);

/** How a network works: live, on one that was trained. */
function Inside({ width, height }: Size): ReactElement {
  const { theme } = useProgram();
  const shell = useShell();
  const [session] = usePersistentState(sessionState);
  const { screenReader } = theme;
  const { model, reading, isRunning, failure } = useSyncExternalStore(
    session.subscribe,
    session.state,
  );
  const models = useStoreQuery('writable', writableNetworks);
  const [runId, setRunId] = usePersistentState(runState);
  const [text, setText] = usePersistentState(textState);
  const [place, setPlace] = usePersistentState(viewState);
  const [formatPlace, setFormatPlace] = usePersistentState(formatState);
  const [layerWanted, setLayer] = usePersistentState(layerState);
  const [mapped, setMapped] = usePersistentState(mappedState);
  const [unit, setUnit] = usePersistentState(unitState);
  const [temperature, setTemperature] = useState(session.temperature);
  const chosen = models.find(({ run }) => run.id === runId) ?? models[0];
  const view = insideViews[place] ?? 'the cell';
  const format = formats[formatPlace] ?? 'one to many';

  useEffect(() => {
    if (chosen) session.open(chosen.checkpoint, text);
  }, [session, chosen, text]);
  useEffect(() => () => session.run(false), [session]);

  const isFormats = view === 'the formats';
  // All three side by side, where there is room.
  const isWide = isFormats && width >= formatsBeside && !screenReader;
  const shows = (which: Format) => isFormats && (isWide || format === which);
  const whose = useScores(shows('many to one') ? models.filter(({ serves }) => serves) : [], text);
  const surprise = useScores(shows('many to many') && chosen ? [chosen] : [], text);

  const layers = model?.config.layers ?? 1;
  const layer = layerWanted % layers;
  const id = model ? Math.max(0, model.tokenizer.idOf(mapped)) : 0;
  const moveOnMap = (by: 1 | -1) => {
    if (!model) return;
    const ids = mappedIds(model);
    const place =
      by > 0 ? ids.findIndex((each) => each > id) : ids.findLastIndex((each) => each < id);
    setMapped(model.tokenizer.tokens[ids.at(place < 0 && by > 0 ? 0 : place) ?? id] ?? mapped);
  };
  const hidden = model?.config.hidden ?? 1;
  const followed = unit === undefined ? undefined : Math.min(unit, hidden - 1);
  const isCell = view === 'the cell';
  const follow = (by: 1 | -1) =>
    isCell && model
      ? () => setUnit(followed === undefined ? 0 : (followed + by + hidden) % hidden)
      : undefined;
  const heat = (by: number) => {
    session.temperature = stepIn(temperatures, temperature, by);
    setTemperature(session.temperature);
  };
  const look = (by: number) => {
    if (!chosen) return;
    const place = (models.indexOf(chosen) + by + models.length) % models.length;
    setRunId(models[place]?.run.id ?? null);
  };
  const typing = useTypedText(setText);
  const finding = useTypedText((wanted) => {
    if (isCell) return findUnit(wanted);
    const [first = ''] = graphemesOf(wanted === ' ' ? wanted : wanted.trim());
    const found = [wanted, ` ${wanted}`, first].find((each) =>
      model?.tokenizer.tokens.includes(each),
    );
    if (found !== undefined) setMapped(found);
    else if (first !== '')
      shell.tell({ kind: 'failed', text: `“${wanted}” is not in its vocabulary.` });
  });
  const findUnit = (typed: string) => {
    const number = Number(typed);
    if (Number.isInteger(number) && number >= 1 && number <= hidden) setUnit(number - 1);
    else
      shell.tell({ kind: 'failed', text: `There is no unit “${typed}”: they are 1 to ${hidden}.` });
  };
  const isMap = view === 'the map';
  const isStepping = !isMap && (!isFormats || shows('one to many'));
  useActions(insideKeys, {
    step: isStepping && model ? () => void session.step() : undefined,
    run: isStepping && model ? () => session.run(!isRunning) : undefined,
    view: () => setPlace((place + 1) % insideViews.length),
    format:
      isFormats && !isWide ? () => setFormatPlace((formatPlace + 1) % formats.length) : undefined,
    find: (isMap || isCell) && model ? () => finding.begin(editOf('')) : undefined,
    seed: isMap ? undefined : () => typing.begin(editOf(text)),
    older: () => look(-1),
    newer: () => look(1),
    unitBefore: follow(-1),
    unitAfter: follow(1),
    noUnit: isCell && followed !== undefined ? () => setUnit(undefined) : undefined,
    layer: layers > 1 && isStepping ? () => setLayer(layer + 1) : undefined,
    up: () => (isMap ? moveOnMap(-1) : heat(1)),
    down: () => (isMap ? moveOnMap(1) : heat(-1)),
    again: isStepping && chosen ? () => session.again(chosen.checkpoint, text) : undefined,
  });

  if (!chosen) {
    const empty = [
      line('No network has been trained yet.'),
      line('Press n to start a training.', quiet),
    ];
    return <Lines rows={middle(empty, width, height)} />;
  }
  const inner = width - 4;
  const asking = typing.edit
    ? [askLine('Text to read', typing.edit, width)]
    : finding.edit
      ? [
          askLine(
            isCell ? 'Unit' : `Find the ${model ? tokenWord(model) : 'token'}`,
            finding.edit,
            width,
          ),
        ]
      : [];
  const failed = failure ?? whose.failure ?? surprise.failure;
  if (failed !== undefined) return <Lines rows={[...failureRows(failed, width), ...asking]} />;
  if (!model) return <Lines rows={[blank, line('  Opening the network…', quiet)]} />;
  const title = insideTitle(view, model, inner, screenReader);
  const room = height - asking.length - 3;
  const inside: InsideData = {
    model,
    reading,
    layer,
    temperature,
    unit: followed,
    width: inner,
    height: room - 2,
  };
  const rows = (): Line[] => {
    switch (view) {
      case 'the cell':
        return stepRows(cellView, inside);
      case 'the loop':
        return stepRows(loopView, inside);
      case 'the map':
        return screenReader
          ? mapSentences({ model, chosen: id })
          : mapView({ model, chosen: id, width: inner, height: room });
      case 'the formats':
        return isWide
          ? wideFormats()
          : [
              ...formatHead(format, inner, screenReader),
              blank,
              ...formatRows(format, { width: inner, height: room - 7 }),
            ];
    }
  };
  const stepRows = (draw: (inside: InsideData) => Line[], what: InsideData): Line[] => [
    textRow(what, what.width),
    blank,
    ...(screenReader
      ? [...stepSentences(what), ...(followed === undefined ? [] : unitSentence(what, followed))]
      : draw(what)),
  ];
  const wideFormats = () => {
    const each = formatRoom({ width: inner, height: room });
    return formatColumns(
      {
        'one to many': formatRows('one to many', each),
        'many to one': formatRows('many to one', each),
        'many to many': formatRows('many to many', each),
      },
      inner,
    );
  };
  const formatRows = (which: Format, size: Size): Line[] => {
    if (which === 'one to many')
      return stepRows(loopView, { ...inside, width: size.width, height: size.height - 2 });
    const { scores } = which === 'many to one' ? whose : surprise;
    if (!scores) return [line('Reading…', quiet)];
    if (which === 'many to many')
      return scores.flatMap(({ score }) =>
        screenReader ? surpriseSentences(score) : surpriseRows(score, size.width, size.height),
      );
    const read = scores.map(({ model: { run }, score }) => ({
      corpus: run.corpus,
      run: run.id,
      score,
    }));
    return [
      ...wrap(`“${escapeControl(text)}”`, size.width).map((row) => line(row)),
      blank,
      ...whoseRows(read, size.width, [...text].length),
    ];
  };
  return (
    <Lines
      rows={[...fill(indent([title, blank, ...rows()], 2), height - asking.length), ...asking]}
    />
  );
}

export const insideScreen: Screen = {
  name: 'inside',
  title: 'Inside',
  tab: '5',
  open: { keys: ['5'], label: '', help: 'Inside: how a network works, step by step' },
  scopes: [insideKeys],
  Component: Inside,
};
