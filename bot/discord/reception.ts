import type { Clock } from '../core/clock.ts';
import type { Dispatcher } from '../core/dispatch.ts';
import type { Log } from '../core/log.ts';
import { privately, unknownInteraction } from '../core/refusals.ts';
import { withTimeout } from '../core/with-timeout.ts';
import { answer, complete } from './answer.ts';
import { describeFailure } from './failures.ts';
import { type Incoming, type MissingIn, readInteraction, readUnknown } from './interaction.ts';
import type { InteractionCalls } from './interaction-calls.ts';

export interface ReceptionParts {
  readonly dispatcher: Dispatcher;
  readonly log: Log;
  readonly clock: Clock;
  readonly missingIn: MissingIn;
  /** Told of each request that is over, but for completions, how long after it came. */
  readonly onAnswered: (milliseconds: number) => void;
  readonly callsFor: (incoming: Pick<Incoming, 'id' | 'token'>) => InteractionCalls;
}

/** Receives interactions, and tracks those in progress. */
export interface Reception {
  /** Sees one INTERACTION_CREATE through; returns at once. */
  receive(payload: unknown): void;
  /**
   * Turns away new requests, waits for those in progress, and apologizes for those not done in time.
   *
   * @param milliseconds - the most it takes
   */
  close(milliseconds: number): Promise<void>;
}

export function createReception(parts: ReceptionParts): Reception {
  const { dispatcher, log, clock, missingIn, onAnswered, callsFor } = parts;
  const underWay = new Set<Promise<void>>();
  const lastCall = new AbortController();
  const leaving = new AbortController();
  const answerParts = {
    dispatcher,
    log,
    clock,
    leaving: leaving.signal,
    lastCall: lastCall.signal,
  };

  const track = (done: Promise<void>) => {
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
  };

  const settle = (milliseconds: number) =>
    withTimeout(
      Promise.all(underWay).then(() => true),
      milliseconds,
      clock,
    );

  return {
    receive(payload) {
      const incoming = readInteraction(payload, missingIn);
      if (incoming === null) {
        log.warn({}, 'An interaction came that the bot offers nobody.');
        const unknown = readUnknown(payload);
        if (unknown === null) return;
        const reply = privately(unknownInteraction, unknown.locale);
        track(
          callsFor(unknown)
            .respond(reply, true)
            .catch((error: unknown) =>
              log.error(describeFailure(error), 'It could not be told so.'),
            ),
        );
        return;
      }
      const { request } = incoming;
      const came = clock.now();
      const calls = callsFor(incoming);
      const done =
        request.type === 'completion'
          ? complete(request, calls, answerParts)
          : answer(request, calls, answerParts).then((later) => {
              onAnswered(clock.now() - came);
              return later?.();
            });
      track(done);
    },

    async close(milliseconds) {
      leaving.abort();
      if (await settle(0.75 * milliseconds)) return;
      lastCall.abort();
      await settle(0.25 * milliseconds);
    },
  };
}
