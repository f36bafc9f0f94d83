import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { books } from '../../../data/books.ts';
import { sendCommand, type TrainingCommand } from '../../../src/store/commands.ts';
import { type LogLine, listLog } from '../../../src/store/logs.ts';
import { isUnderWay } from '../../../src/store/runs.ts';
import { bellState } from '../../data/bell.ts';
import { useNow } from '../../data/use-now.ts';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useStoreQuery } from '../../data/use-store-query.ts';
import { fill } from '../../drawing/layout.ts';
import { editOf } from '../../keys/text-edit.ts';
import { useActions } from '../../keys/use-actions.ts';
import { isPending } from '../../processes/trainings.ts';
import { usePendingTraining, useQueuedTrainings } from '../../processes/use-pending-training.ts';
import { useProgram } from '../../program.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { useShell } from '../../shell/shell.ts';
import { useDots } from '../../theme/use-dots.ts';
import { askLine, useTypedText } from '../../widgets/text-field.ts';
import { useChartLook } from '../charts/chart-keys.ts';
import { pictureOf, useSavedPicture } from '../charts/save-picture.ts';
import { askToResume } from '../resume.ts';
import { trainKeys } from './keys.ts';
import { emptyView, pendingView, queuedLines } from './pending-view.ts';
import { readTrain } from './train-data.ts';
import { trainView } from './train-view.ts';

/** Lines of a log that are kept at hand. */
const mostLines = 500;

const [book] = books;
const firstTraining = ['train', book.name, '--size', 'small', '--minutes', '1', '--json'];

const begunState = persistentState<number | undefined>(() => undefined);
const runState = persistentState<number | null>(() => null);
const logState = persistentState(() => false);
const none: readonly LogLine[] = [];

/** The training under way, or the last one: how it goes, and the keys that steer it. */
function Train({ width, height }: Size): ReactElement {
  const { theme, watch, trainings } = useProgram();
  const [dots, otherDots] = useDots();
  const shell = useShell();
  const pending = usePendingTraining();
  const queued = useQueuedTrainings();
  const now = useNow();
  const [wanted, setWanted] = usePersistentState(runState);
  const chart = useChartLook();
  const [rings, setBell] = usePersistentState(bellState);
  const [cursor, setCursor] = useState<number>();
  const [skipped, setSkipped] = useState(0);
  const begun = useSyncExternalStore(trainings.subscribe, trainings.begun);
  const [begunSeen, setBegunSeen] = usePersistentState(begunState);
  useEffect(() => {
    if (begun === begunSeen || begun === undefined) return;
    setBegunSeen(begun);
    setWanted(begun);
  }, [begun, begunSeen, setBegunSeen, setWanted]);
  useEffect(() => () => trainings.dismiss(), [trainings]);
  const data = useStoreQuery(`train ${wanted} ${width} ${chart.look.zoom.name}`, (store, now) =>
    readTrain(store, now, wanted, { points: width * 2, zoomFrom: chart.look.zoom.from }),
  );
  const run = data?.run;
  const [isLog, setLog] = usePersistentState(logState);
  const log = useStoreQuery(`log ${isLog && run?.id}`, (store) =>
    isLog && run ? listLog(store, run.id, mostLines) : none,
  );
  // Whatever begins or ends elsewhere: it stays with the run that one watches, and the keys with it.
  const watched = run?.id;
  useEffect(() => {
    if (watched !== undefined) setWanted(watched);
  }, [watched, setWanted]);

  const unqueue = () => {
    const last = trainings.unqueue();
    if (last) shell.tell({ kind: 'done', text: `Taken out of the queue: ${last.what}.` });
  };
  const tell = (command: TrainingCommand, done: string) => () =>
    shell.attempt(() => {
      if (!data) return;
      sendCommand(watch.store, data.run.id, command, watch.now());
      shell.tell({ kind: 'note', text: done });
    });
  const { edit, begin } = useTypedText((seed) =>
    tell({ command: 'sample', seed }, 'Writing after this step…')(),
  );
  const picture = useSavedPicture(() => pictureOf(data ? [data] : [], chart.look));
  const look = (run: number | null | undefined) => {
    if (run === null || run === undefined) return undefined;
    return () => {
      setWanted(run);
      setSkipped(0);
      setCursor(undefined);
    };
  };
  const dismissable = pending !== undefined && !isPending(pending);
  // A fortieth of what is drawn at a time; with it, the sample of that moment.
  const moveCursor = (by: 1 | -1) => {
    const curve = data?.curve ?? [];
    if (!data || curve.length === 0) return undefined;
    return () => {
      const at = curve.findIndex(({ step }) => step >= (cursor ?? Number.POSITIVE_INFINITY));
      const last = curve.length - 1;
      const from = at < 0 ? last + 1 : at;
      const next = curve[Math.max(0, Math.min(last, from + by * Math.ceil(curve.length / 40)))];
      setCursor(next?.step);
      if (isLog) return;
      const sample = data.samples.findIndex(({ step }) => step <= (next?.step ?? 0));
      setSkipped(sample < 0 ? Math.max(0, data.samples.length - 1) : sample);
    };
  };
  const state = data?.run.state;
  const isRunning = state === 'running';
  const canResume = data?.run.settings && ['stopped', 'died', 'failed'].includes(data.run.state);
  const passable = (isLog ? log.length : data?.samples.length) ?? 0;
  useActions(trainKeys, {
    dismiss: dismissable ? () => trainings.dismiss() : undefined,
    begin:
      (data && !data.isFirst) || isPending(pending)
        ? undefined
        : () =>
            shell.attempt(() =>
              trainings.train(`a first training on ${book.titlesInSentence.en}`, firstTraining),
            ),
    pause: isRunning ? tell({ command: 'pause' }, 'Pausing after this step…') : undefined,
    goOn: state === 'paused' ? tell({ command: 'resume' }, 'Continuing.') : undefined,
    resume:
      data && canResume
        ? () =>
            askToResume(
              data.run,
              data.checkpoint !== null,
              () => trainings.resume(data.run.id),
              shell,
            )
        : undefined,
    stop:
      data && isUnderWay(data.run)
        ? () =>
            shell.ask({
              text: `Stop run ${data.run.id}? It saves a checkpoint and can be resumed.`,
              yes: tell({ command: 'stop' }, 'Stopping after this step and saving a checkpoint…'),
            })
        : undefined,
    checkpoint: isRunning
      ? tell({ command: 'checkpoint' }, 'Saving a checkpoint after this step…')
      : undefined,
    sample: isRunning ? () => begin(editOf('')) : undefined,
    ...(data ? chart.actions : {}),
    picture: data && data.curve.length > 0 ? () => picture.begin(`run-${data.run.id}`) : undefined,
    back: moveCursor(-1),
    forward: moveCursor(1),
    cursorOff: cursor === undefined || dismissable ? undefined : () => setCursor(undefined),
    log:
      data &&
      (() => {
        setLog(!isLog);
        setSkipped(0);
      }),
    unqueue: queued.length > 0 ? unqueue : undefined,
    other: look(data?.other?.id),
    older: look(data?.older),
    newer: look(data?.newer),
    moreSamples: skipped + 1 < passable ? () => setSkipped(skipped + 1) : undefined,
    fewerSamples: skipped > 0 ? () => setSkipped(skipped - 1) : undefined,
    bell: () => {
      setBell(!rings);
      const text = rings ? 'No bell.' : 'The bell rings when a training ends.';
      shell.tell({ kind: 'done', text });
    },
    graph: data && otherDots,
  });

  const banner = [...(pending ? pendingView(pending, width) : []), ...queuedLines(queued, width)];
  const asked = edit
    ? [askLine('Write now, starting with', edit, width)]
    : picture.edit
      ? [askLine('Save the chart as (.svg and .png)', picture.edit, width)]
      : [];
  const room = height - banner.length - asked.length;
  const rows = data
    ? trainView({
        data,
        look: chart.look,
        cursor,
        log: isLog ? log : undefined,
        skipped,
        width,
        height: room,
        dots,
        screenReader: theme.screenReader,
        now,
      })
    : isPending(pending)
      ? []
      : emptyView(width, room);
  return <Lines rows={[...banner, ...(theme.screenReader ? rows : fill(rows, room)), ...asked]} />;
}

export const trainScreen: Screen = {
  name: 'train',
  title: 'Train',
  tab: '1',
  open: { keys: ['1'], label: '', help: 'Train: the training in progress' },
  scopes: [trainKeys],
  Component: Train,
};
