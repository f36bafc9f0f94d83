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
import { useProgram } from '../../program.ts';
import { Lines } from '../../shell/lines.tsx';
import type { Screen, Size } from '../../shell/screen.ts';
import { useShell } from '../../shell/shell.ts';
import { useTypedText } from '../../widgets/text-field.ts';
import { titleOf } from '../run-words.ts';
import { fieldsOf, type Offered } from './fields.ts';
import { formView } from './form-view.ts';
import { formKeys } from './keys.ts';
import { useMeasured } from './use-measured.ts';
import { commandOf, firstWish, type Wish } from './wish.ts';

const wishState = persistentState<Wish>(() => firstWish);
const fieldState = persistentState(() => 0);

/** The form that begins a training. */
function New({ width, height }: Size): ReactElement {
  const shell = useShell();
  const { trainings } = useProgram();
  const [wish, setWish] = usePersistentState(wishState);
  const [place, setPlace] = usePersistentState(fieldState);
  const offered = useStoreQuery('offered', readOffered);
  const live = useStoreQuery('live', liveRuns);
  const isBusy = live.length > 0;
  const { measurement, measureNow } = useMeasured(wish, isBusy);
  const fields = fieldsOf(wish, offered);
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
  const start = () =>
    shell.attempt(() => {
      trainings.train(`a training on ${titleOf(wish.corpus)}`, commandOf(wish));
      shell.open('train');
    });
  useActions(formKeys, {
    start: () => {
      const [other] = live;
      if (!other) return start();
      shell.ask({
        text: `Run ${other.id} is training; side by side both are slower. Start another?`,
        yes: start,
      });
    },
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
  return (
    <Lines
      rows={formView({
        wish,
        fields,
        chosen,
        typed: typing.edit,
        measurement,
        isBusy,
        width,
        height,
      })}
    />
  );
}

function readOffered(store: Store, now: number): Offered {
  const own = listCorpora(store).map(({ name }) => name);
  return {
    corpora: [...new Set([...books.map(({ name }) => name), ...own])],
    runs: listRuns(store, now)
      .filter(({ steps }) => steps > 0)
      .map(({ id, corpus, network }) => ({
        id,
        words: `${networkNotation(network)} on ${titleOf(corpus)}`,
      })),
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
