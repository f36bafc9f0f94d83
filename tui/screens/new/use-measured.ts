import { useEffect, useState } from 'react';
import { dropoutLevel } from '../../../src/train/defaults.ts';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useProgram } from '../../program.ts';
import { cost } from './cost.ts';
import { type Ended, measure, measuringOf } from './measuring.ts';
import type { Wish } from './wish.ts';

/** How long nothing is changed before it is measured, in milliseconds. */
const rest = 800;

export type Measurement = Ended | { readonly state: 'measuring' | 'waiting' };

const measuredState = persistentState<ReadonlyMap<string, Ended>>(() => new Map());

/**
 * What a wish's network trains like here, measured once for each that is looked at for a moment. A failure is forgotten
 * with the screen, or by `measureNow`.
 * @param isBusy whether a training is under way: then only `measureNow` begins one, of what is looked at then
 */
export function useMeasured(
  wish: Wish,
  isBusy: boolean,
): { measurement: Measurement; measureNow: () => void } {
  const { watch } = useProgram();
  const [known, setKnown] = usePersistentState(measuredState);
  const [failed, setFailed] = useState<{ readonly what: string; readonly ended: Ended }>();
  const [isMeasuring, setMeasuring] = useState(false);
  const [asked, setAsked] = useState<string>();
  const what = measuringOf(wish, passesOf(wish, known));
  const outcome = known.get(what) ?? (failed?.what === what ? failed.ended : undefined);
  const isWanted = !outcome && (!isBusy || asked === what);
  useEffect(() => {
    if (!isWanted) return;
    let end = () => {};
    const timer = setTimeout(() => {
      setMeasuring(true);
      end = measure(what, watch.store.path, (ended) => {
        if (ended.state === 'failed') setFailed({ what, ended });
        else setKnown((before) => new Map([...before, [what, ended]]));
      });
    }, rest);
    return () => {
      clearTimeout(timer);
      setMeasuring(false);
      end();
    };
  }, [what, isWanted, watch, setKnown]);
  return {
    measurement: outcome ?? { state: isMeasuring ? 'measuring' : 'waiting' },
    measureNow: () => {
      setFailed(undefined);
      setAsked(what);
    },
  };
}

/** How often a wish reads the text, as far as what is left out follows from it; that follows from its speed. */
function passesOf(wish: Wish, known: ReadonlyMap<string, Ended>): number {
  const undropped = known.get(measuringOf(wish, 0));
  if (wish.dropout !== null || undropped?.state !== 'measured') return 0;
  return dropoutLevel(cost(wish, undropped.measured).passes).passes;
}
