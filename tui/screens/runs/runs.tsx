import { type ReactElement, useRef, useState, useSyncExternalStore } from 'react';
import { servingReason } from '../../../src/run/serving-words.ts';
import { listCheckpoints } from '../../../src/store/checkpoints.ts';
import { labelRun, type RunLabels } from '../../../src/store/labels.ts';
import { isUnderWay, type Run } from '../../../src/store/runs.ts';
import { chooseServing, type ServingChoice, servingVerdict } from '../../../src/store/serving.ts';
import { useNow } from '../../data/use-now.ts';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useStoreQuery } from '../../data/use-store-query.ts';
import { fill } from '../../drawing/layout.ts';
import { faint, type Line, line, quiet, span } from '../../drawing/line.ts';
import { bits, count } from '../../drawing/numbers.ts';
import { wrap } from '../../drawing/text.ts';
import { editOf } from '../../keys/text-edit.ts';
import { useActions } from '../../keys/use-actions.ts';
import { useProgram } from '../../program.ts';
import { middle } from '../../shell/frame.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { useShell } from '../../shell/shell.ts';
import { useDots } from '../../theme/use-dots.ts';
import { useChoice } from '../../widgets/choice.ts';
import { askLine, useTypedText } from '../../widgets/text-field.ts';
import { useChartLook } from '../charts/chart-keys.ts';
import { pictureOf, useSavedPicture } from '../charts/save-picture.ts';
import { askToResume } from '../resume.ts';
import { titleOf } from '../run-words.ts';
import { runKeys, runsKeys } from './keys.ts';
import { arrange, orders, scrollTo, toggleMark, unknownField } from './run-list.ts';
import { evaluationsReader, readCurves, readRuns } from './runs-data.ts';
import { marks } from './runs-table.ts';
import { rowsOf, runPage, runsView } from './runs-view.ts';
import { useExport } from './use-export.ts';

const orderState = persistentState(() => 0);
const filterState = persistentState(() => '');
const markedState = persistentState<readonly number[]>(() => []);
const chosenState = persistentState<number | null>(() => null);
const evaluationsState = persistentState(({ watch }) => evaluationsReader(watch.store));

/** Every run: to sort, to compare, to resume, to serve and to delete. */
function Runs({ width, height }: Size): ReactElement {
  const { theme, watch, trainings, deletions } = useProgram();
  const [dots] = useDots();
  const shell = useShell();
  const [order, setOrder] = usePersistentState(orderState);
  const [filter, setFilter] = usePersistentState(filterState);
  const [marked, setMarked] = usePersistentState(markedState);
  const [chosenId, setChosenId] = usePersistentState(chosenState);
  const chart = useChartLook();
  const top = useRef(0);
  const [isOpen, setOpen] = useState(false);
  const [scrolled, setScrolled] = useState(0);
  const choice = useChoice(width);
  const now = useNow();

  const { runs: stored, serving } = useStoreQuery('runs', readRuns);
  const deleted = useSyncExternalStore(deletions.subscribe, deletions.runs);
  const all = stored.filter(({ id }) => !deleted.includes(id));
  const [evaluationsOf] = usePersistentState(evaluationsState);
  // What is typed filters at once; left, the filter is as it was.
  const filtering = useTypedText(setFilter);
  const wanted = filtering.edit?.text ?? filter;
  const runs = arrange(all, orders[order] ?? 'newest first', wanted);
  const chosen = Math.max(
    0,
    runs.findIndex(({ id }) => id === chosenId),
  );
  const run = runs[chosen];
  const stillMarked = marked.filter((id) => all.some((each) => each.id === id));
  const drawnMarks = stillMarked.slice(-marks.length);
  const drawnRuns =
    drawnMarks.length > 0
      ? drawnMarks.flatMap((id) => all.filter((each) => each.id === id))
      : run
        ? [run]
        : [];
  // What is done to one is done to all that are marked.
  const meant =
    stillMarked.length > 0 ? all.filter(({ id }) => stillMarked.includes(id)) : run ? [run] : [];
  // The page of a run shows its own samples, whichever curves lie under it.
  const sampled = isOpen ? run : drawnRuns[0];
  const { drawn, samples } = useStoreQuery(
    `curves ${drawnRuns.map(({ id, updated }) => `${id} ${updated}`)} of ${sampled?.id} ${width} ${chart.look.zoom.name}`,
    (store) => readCurves(store, drawnRuns, sampled, width, chart.look.zoom.from),
  );

  const exporting = useExport(meant);
  const label = (labels: Partial<RunLabels>, ofRuns: readonly Run[]) =>
    shell.attempt(() => {
      for (const { id } of ofRuns) labelRun(watch.store, id, labels);
    });
  const naming = useTypedText((name) => run && label({ name }, [run]));
  const noting = useTypedText((note) => label({ note }, meant));
  const picture = useSavedPicture(() => pictureOf(drawn, chart.look));
  const asked = picture.edit
    ? [askLine('Save the chart as (.svg and .png)', picture.edit, width)]
    : filtering.edit
      ? [askLine('Only runs with', filtering.edit, width)]
      : exporting.edit
        ? [askLine(exporting.asked, exporting.edit, width)]
        : naming.edit
          ? [askLine('Name', naming.edit, width)]
          : noting.edit
            ? [
                askLine(
                  meant.length > 1 ? `Note on ${meant.length} runs` : 'Note',
                  noting.edit,
                  width,
                ),
              ]
            : choice.rows;
  const room = height - asked.length;
  const rows = rowsOf({ width, height: room });
  const choose = (place: number) => {
    const next = runs[Math.max(0, Math.min(runs.length - 1, place))];
    if (next) setChosenId(next.id);
  };
  top.current = scrollTo(top.current, chosen, rows, runs.length);

  // This one, also where a newer comes to stand above it while something is typed.
  const keepChosen = ({ id }: Run, then: () => void) => {
    setChosenId(id);
    then();
  };
  const canResume = run?.settings && ['stopped', 'died', 'failed'].includes(run.state);
  useActions(
    runsKeys,
    {
      open:
        run &&
        (() => {
          setOpen(true);
          setScrolled(0);
        }),
      mark: run && (() => setMarked((before) => toggleMark(before, run.id))),
      serve: run && (() => shell.attempt(() => offerServing(run))),
      resume:
        run && canResume
          ? () =>
              shell.attempt(() => {
                const kept = listCheckpoints(watch.store, run.id).some((each) => each.resumable);
                const resume = () => {
                  trainings.resume(run.id);
                  shell.open('train');
                };
                askToResume(run, kept, resume, shell);
              })
          : undefined,
      markAll: runs.length > 0 ? () => setMarked(runs.map(({ id }) => id)) : undefined,
      remove:
        meant.length > 0 && !meant.some(isUnderWay)
          ? () =>
              shell.ask({
                text: `Delete ${deletedWords(meant)} and ${meant.length > 1 ? 'their' : 'its'} checkpoints?`,
                yes: () => {
                  deletions.add(meant.map(({ id }) => id));
                  const text = `Deleted ${deletedWords(meant)}. u brings ${meant.length > 1 ? 'them' : 'it'} back, until you leave.`;
                  shell.tell({ kind: 'done', text });
                },
              })
          : undefined,
      undo:
        deleted.length > 0
          ? () => {
              const back = deletions.undo();
              if (back === undefined) return;
              setChosenId(back);
              shell.tell({ kind: 'done', text: `Run ${back} is back.` });
            }
          : undefined,
      name: run && (() => keepChosen(run, () => naming.begin(editOf(run.name ?? '')))),
      note:
        run &&
        (() =>
          keepChosen(run, () =>
            noting.begin(editOf((meant.length === 1 && meant[0]?.note) || '')),
          )),
      pin:
        meant.length > 0
          ? () => label({ pinned: !meant.every(({ pinned }) => pinned) }, meant)
          : undefined,
      save: run && (() => keepChosen(run, exporting.begin)),
      ...chart.actions,
      picture:
        drawn.length > 0
          ? () => picture.begin(`run-${drawn.map((each) => each.run.id).join('-')}`)
          : undefined,
      sort: () => setOrder((before) => (before + 1) % orders.length),
      filter: () => filtering.begin(editOf(filter)),
      clear:
        filter !== '' || stillMarked.length > 0
          ? () => {
              if (filter === '') setMarked([]);
              setFilter('');
            }
          : undefined,
      up: () => choose(chosen - 1),
      down: () => choose(chosen + 1),
      pageUp: () => choose(chosen - rows),
      pageDown: () => choose(chosen + rows),
      first: () => choose(0),
      last: () => choose(runs.length - 1),
    },
    { active: !isOpen },
  );
  const page = isOpen && run ? runPage(run, samples, width) : [];
  const lastScroll = Math.max(0, page.length - height + 1);
  const at = Math.min(scrolled, lastScroll);
  useActions(
    runKeys,
    {
      close: () => setOpen(false),
      older: at < lastScroll ? () => setScrolled(Math.min(lastScroll, at + 5)) : undefined,
      newer: at > 0 ? () => setScrolled(Math.max(0, at - 5)) : undefined,
    },
    { active: isOpen },
  );

  function offerServing({ id, corpus }: Run): void {
    const take = (chosenServing: ServingChoice, done: string) => () =>
      shell.attempt(() => {
        chooseServing(watch.store, corpus, chosenServing);
        shell.tell({ kind: 'done', text: done });
      });
    const now = serving.find((each) => each.corpus === corpus);
    const inForce = (isSo: boolean) => (isSo ? ' (now)' : '');
    const isChosen = now !== undefined && now.choice !== 'auto';
    const figure = bits(now?.checkpoint.bitsPerCharacter ?? null);
    const serves = now
      ? `run ${now.checkpoint.run} serves, ${figure} bits per character`
      : 'none yet';
    choice.offer(`Which run writes for ${titleOf(corpus)}? Now: ${serves}`, [
      {
        title: `automatic${inForce(now !== undefined && !isChosen)}`,
        about: 'the newest run that is no worse on held-out text than the one before',
        take: take('auto', `The newest run that is no worse writes for ${corpus}.`),
      },
      {
        title: `run ${id}${inForce(isChosen && now.checkpoint.run === id)}`,
        about: `until you choose again. ${servingReason(servingVerdict(watch.store, id))}`,
        take: take(id, `Run ${id} writes for ${corpus}.`),
      },
    ]);
  }

  if (all.length === 0) {
    const empty = [line('No runs yet.'), line('Press n to start a training.', quiet)];
    return <Lines rows={middle(empty, width, height)} />;
  }
  const problem = runs.length === 0 ? unknownField(wanted) : undefined;
  if (problem !== undefined) {
    const said = wrap(problem, width - 4).map((row) => line(row));
    return <Lines rows={[...fill(middle(said, width, room), room), ...asked]} />;
  }
  if (isOpen && run)
    return <Lines rows={theme.screenReader ? page : fill(page.slice(at), height)} />;
  const heading: Line = [
    span(`${count(runs.length)} run${runs.length === 1 ? '' : 's'}`),
    span(`  ${orders[order]}`, quiet),
    span(filter ? `  with “${filter}”` : '', quiet),
    span(stillMarked.length > 0 ? `  ${stillMarked.length} marked` : '', faint),
    span(deleted.length > 0 ? `  ${deleted.length} deleted` : '', faint),
  ];
  const view = runsView({
    table: {
      runs,
      chosen,
      marked: stillMarked,
      drawn: drawnMarks,
      serving: new Set(serving.map(({ checkpoint }) => checkpoint.run)),
      evaluationsOf,
      now,
    },
    top: top.current,
    total: runs.length,
    heading,
    drawn,
    samples,
    look: chart.look,
    width,
    height: room,
    dots,
    screenReader: theme.screenReader,
  });
  return <Lines rows={[...fill(view, room), ...asked]} />;
}

/** `run 3 (bible, 1,000 steps)`, or `runs 3, 5 and 7`. */
function deletedWords(runs: readonly Run[]): string {
  const [run] = runs;
  if (run && runs.length === 1) return `run ${run.id} (${run.corpus}, ${count(run.steps)} steps)`;
  if (runs.length > 6) return `${runs.length} runs`;
  return `runs ${new Intl.ListFormat('en-GB').format(runs.map(({ id }) => String(id)))}`;
}

export const runsScreen: Screen = {
  name: 'runs',
  title: 'Runs',
  tab: '2',
  open: { keys: ['2'], label: '', help: 'Runs: everything that was trained' },
  scopes: [runsKeys, runKeys],
  Component: Runs,
};
