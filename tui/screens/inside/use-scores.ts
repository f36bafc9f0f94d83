import { useEffect, useState } from 'react';
import type { TextScore } from '../../../src/sample/score.ts';
import type { WritableNetwork } from '../../data/writable-networks.ts';
import { useProgram } from '../../program.ts';

/** What came of scoring a text: neither until all networks have, and where none is asked. */
interface Scoring {
  readonly scores?: readonly { readonly model: WritableNetwork; readonly score: TextScore }[];
  readonly failure?: unknown;
}

/** How each of some networks scores a text. */
export function useScores(models: readonly WritableNetwork[], text: string): Scoring {
  const { writing } = useProgram();
  const asked = `${models.map(({ checkpoint }) => checkpoint.id)} ${text}`;
  const [answered, setAnswered] = useState<Scoring & { readonly asked: string }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says all that is asked
  useEffect(() => {
    if (models.length === 0) return;
    let isWanted = true;
    const scoring = models.map(async (model) => {
      const network = await writing.borrow(model.checkpoint);
      try {
        return { model, score: await network.score(text) };
      } finally {
        network.release();
      }
    });
    Promise.all(scoring).then(
      (scores) => isWanted && setAnswered({ asked, scores }),
      (failure: unknown) => isWanted && setAnswered({ asked, failure }),
    );
    return () => {
      isWanted = false;
    };
  }, [asked, writing]);
  return answered?.asked === asked ? answered : {};
}
