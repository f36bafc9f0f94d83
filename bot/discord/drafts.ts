import type { Clock } from '../core/clock.ts';
import type { ShowDraft } from '../core/reply.ts';
import type { InteractionCalls } from './interaction-calls.ts';

/** No draft is shown before this, and none is updated more often. Milliseconds. */
const every = 2_000;

/** An answer as far as it is written. */
interface Drafts {
  /** Shows it, unless the one before was only just shown, or is still on its way. */
  readonly show: ShowDraft;
  /** Shows nothing more; resolves when nothing is on its way. */
  end(): Promise<void>;
}

/** Shows an answer that takes long as it is written: one edit at a time, well within what Discord allows. */
export function createDrafts(calls: Pick<InteractionCalls, 'draft'>, clock: Clock): Drafts {
  let last = clock.now();
  let onItsWay: Promise<void> | null = null;
  let ended = false;
  return {
    show(make) {
      const now = clock.now();
      if (ended || onItsWay !== null || now - last < every) return;
      const draft = make();
      if (draft === null) return;
      last = now;
      // One that does not come through is missed by nobody.
      onItsWay = calls
        .draft(draft)
        .catch(() => {})
        .finally(() => {
          onItsWay = null;
        });
    },
    async end() {
      ended = true;
      await onItsWay;
    },
  };
}
