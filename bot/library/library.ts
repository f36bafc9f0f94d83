import { Refused } from '../core/refusals.ts';
import { inAll } from '../words/words.ts';
import type { ModelCache } from './model-cache.ts';
import { titleOf } from './texts.ts';

/** The networks and texts that answer. */
export type Library = Pick<
  ModelCache,
  'serving' | 'ofRun' | 'runs' | 'served' | 'text' | 'quote' | 'borrow'
>;

/** A library with some of its texts only: asked for another one by name, it refuses. */
export function libraryOf(texts: readonly string[], whole: Library): Library {
  const allowed = <T>(corpus: string, work: () => Promise<T>): Promise<T> =>
    texts.includes(corpus)
      ? work()
      : Promise.reject(
          new Refused(inAll((words) => words.settings.textOff(titleOf(corpus, words)))),
        );
  return {
    serving: (corpus) => allowed(corpus, () => whole.serving(corpus)),
    ofRun: (corpus, id) => allowed(corpus, () => whole.ofRun(corpus, id)),
    runs: (corpus) => allowed(corpus, () => whole.runs(corpus)),
    served: async () => (await whole.served()).filter((corpus) => texts.includes(corpus)),
    text: (corpus) => allowed(corpus, () => whole.text(corpus)),
    quote: (corpus, text) => allowed(corpus, () => whole.quote(corpus, text)),
    borrow: (network) => whole.borrow(network),
  };
}
