import type { ReactElement } from 'react';
import { books } from '../../../data/books.ts';
import { networkNotation } from '../../../src/network/notation.ts';
import { listCorpora } from '../../../src/store/corpora.ts';
import type { Store } from '../../../src/store/database.ts';
import { listRuns } from '../../../src/store/runs.ts';
import { liveRuns } from '../../data/live-runs.ts';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useStoreQuery } from '../../data/use-store-query.ts';
import { editOf } from '../../keys/text-edit.ts';
import { useActions } from '../../keys/use-actions.ts';
import { isPending } from '../../processes/trainings.ts';
import { usePendingTraining, useQueuedTrainings } from '../../processes/use-pending-training.ts';
import { useProgram } from '../../program.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { useShell } from '../../shell/shell.ts';
import { useChoice } from '../../widgets/choice.ts';
import { useTypedText } from '../../widgets/text-field.ts';
import { titleOf } from '../run-words.ts';
import { fieldsOf, type Offered } from './fields.ts';
import { type EarlierRun, formView, holdsBoth } from './form-view.ts';
import { formKeys } from './keys.ts';
import { moreFieldsOf } from './more-fields.ts';
import { useAddedText } from './use-added-text.ts';
import { useMeasured } from './use-measured.ts';
import { commandOf, firstWish, type Wish } from './wish.ts';

const wishState = persistentState<Wish>(() => firstWish);
const fieldState = persistentState(() => 0);
const moreState = persistentState(() => false);

/** The form that begins a training. */
function New({ width, height }: Size): ReactElement {
  const shell = useShell();
  const { trainings } = useProgram();
  const [wish, setWish] = usePersistentState(wishState);
  const [place, setPlace] = usePersistentState(fieldState);
  const offered = useStoreQuery('offered', readOffered);
  const live = useStoreQuery('live', liveRuns);
  const [isMore, setMore] = usePersistentState(moreState);
  const pending = usePendingTraining();
  const queued = useQueuedTrainings();
  const choice = useChoice(width);
  const added = useAddedText(offered.stored, (corpus) =>
    setWish((before) => ({ ...before, corpus })),
  );
  const isBusy = live.length > 0;
  const { measurement, measureNow } = useMeasured(wish, isBusy);
  const isWhole = holdsBoth({ width, height });
  const more = isWhole || isMore ? moreFieldsOf(wish) : [];
  const fields = isWhole || !isMore ? [...fieldsOf(wish, offered), ...more] : more;
  const chosen = Math.min(place, fields.length - 1);
  const field = fields[chosen];
  const typing = useTypedText((text) => {
    const next = field?.type?.(text);
    if (next) setWish(next);
    else if (field?.allowed)
      shell.tell({
        kind: 'failed',
        text: `The ${field.title} must be ${field.allowed}, not “${text}”.`,
      });
  });
  const what = `a training on ${titleOf(wish.corpus)}`;
  const start = () =>
    shell.attempt(() => {
      trainings.train(what, commandOf(wish));
      shell.open('train');
    });
  const queue = () => {
    trainings.queue(what, commandOf(wish));
    const text = 'Queued: it starts when none is training, while this dashboard is open.';
    shell.open('train');
    shell.tell({ kind: 'done', text });
  };
  const isStarting = isPending(pending);
  const [other] = live;
  const running = other ? `Run ${other.id} is training` : `${pending?.what} is starting`;
  useActions(formKeys, {
    start: () => {
      if (!other && !isStarting && queued.length === 0) return start();
      choice.offer(
        `${isStarting || other ? running : `${queued.length} queued`}; two at once are both slower.`,
        [
          { title: 'queue it', about: 'It starts when the others have ended.', take: queue },
          ...(isStarting ? [] : [{ title: 'start it now', take: start }]),
        ],
      );
    },
    options: isWhole
      ? undefined
      : () => {
          setMore(!isMore);
          setPlace(0);
        },
    text: () => choice.offer('Which text?', added.choices),
    next: () => setPlace(Math.min(fields.length - 1, chosen + 1)),
    before: () => setPlace(Math.max(0, chosen - 1)),
    less: () => field && setWish(field.change(-1)),
    more: () => field && setWish(field.change(1)),
    type: field?.type && (() => typing.begin(editOf(''))),
    digit: field?.type && ((key) => typing.begin(editOf(key))),
    measure:
      measurement.state === 'failed' || (isBusy && measurement.state === 'waiting')
        ? measureNow
        : undefined,
  });
  const below = [...choice.rows, ...added.rows(width)];
  return (
    <Lines
      rows={[
        ...formView({
          ...{ wish, fields, chosen, measurement, isBusy, width },
          isMore: isMore && !isWhole,
          earlier: offered.measured.filter(({ corpus }) => corpus === wish.corpus),
          typed: typing.edit,
          height: height - below.length,
        }),
        ...below,
      ]}
    />
  );
}

interface OfferedHere extends Offered {
  /** Names of texts that are in the store. */
  readonly stored: readonly string[];
  /** The best first. */
  readonly measured: readonly EarlierRun[];
}

function readOffered(store: Store, now: number): OfferedHere {
  const own = listCorpora(store).map(({ name }) => name);
  const runs = listRuns(store, now);
  return {
    stored: own,
    corpora: [...new Set([...books.map(({ name }) => name), ...own])],
    runs: runs
      .filter(({ steps }) => steps > 0)
      .map(({ id, corpus, network }) => ({
        id,
        words: `${networkNotation(network)} on ${titleOf(corpus)}`,
      })),
    measured: runs
      .flatMap(({ id, corpus, network, best }) =>
        best
          ? [
              {
                ...{ id, corpus, notation: networkNotation(network) },
                bitsPerCharacter: best.bitsPerCharacter,
              },
            ]
          : [],
      )
      .sort((a, b) => a.bitsPerCharacter - b.bitsPerCharacter),
  };
}

export const newScreen: Screen = {
  name: 'new',
  title: 'New',
  tab: '3',
  open: { keys: ['n', '3'], label: 'new training', help: 'New: start a training' },
  scopes: [formKeys],
  Component: New,
};
