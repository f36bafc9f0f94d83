import { useEffect, useState } from 'react';
import { bookNamed } from '../../../data/books.ts';
import type { TextScore } from '../../../src/sample/score.ts';
import { scoreAsPassage } from '../../../src/sample/score-as-passage.ts';
import type { Store } from '../../../src/store/database.ts';
import { readRunTokenizer } from '../../../src/store/runs.ts';
import { preparePrompt } from '../../../src/text/prompt.ts';
import { readTokenizer } from '../../../src/text/tokenizer/saved-tokenizer.ts';
import { sharedCharacters } from '../../../src/text/tokenizer/shared-characters.ts';
import type { WritableNetwork } from '../../data/writable-networks.ts';
import { useProgram } from '../../program.ts';

/** What came of scoring a text: neither until all networks have, and where none is asked. */
interface Scoring {
  readonly scores?: readonly { readonly model: WritableNetwork; readonly score: TextScore }[];
  readonly failure?: unknown;
}

/**
 * How each of some networks scores a text. What is read is the same for all: several are given the characters that all
 * of them know, and a passage without its reference as one that has it.
 */
export function useScores(models: readonly WritableNetwork[], text: string): Scoring {
  const { writing, watch } = useProgram();
  const asked = `${models.map(({ checkpoint }) => checkpoint.id)} ${text}`;
  const [answered, setAnswered] = useState<Scoring & { readonly asked: string }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says all that is asked
  useEffect(() => {
    if (models.length === 0) return;
    let isWanted = true;
    const score = async () => {
      const areCompared = models.length > 1;
      const read = areCompared ? knownToAll(watch.store, models, text) : text;
      return Promise.all(
        models.map(async (model) => {
          const network = await writing.borrow(model.checkpoint);
          try {
            const { corpus } = model.run;
            const reference = areCompared ? bookNamed(corpus)?.passage.typicalReference : undefined;
            return { model, score: await scoreAsPassage(read, reference, network.score) };
          } finally {
            network.release();
          }
        }),
      );
    };
    score().then(
      (scores) => isWanted && setAnswered({ asked, scores }),
      (failure: unknown) => isWanted && setAnswered({ asked, failure }),
    );
    return () => {
      isWanted = false;
    };
  }, [asked, writing, watch]);
  return answered?.asked === asked ? answered : {};
}

function knownToAll(store: Store, models: readonly WritableNetwork[], text: string): string {
  const tokenizers = models.map(({ run }) => readTokenizer(readRunTokenizer(store, run.id)));
  return preparePrompt(text, sharedCharacters(tokenizers)).text;
}
