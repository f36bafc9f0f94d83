import { useEffect, useState } from 'react';
import type { TextScore } from '../../../src/sample/score.ts';
import type { WritableModel } from '../../data/writable-models.ts';
import { useProgram } from '../../program.ts';

/** How each of some networks scores a text; undefined until all have, and where none is asked. */
export function useScores(
  models: readonly WritableModel[],
  text: string,
): readonly { readonly model: WritableModel; readonly score: TextScore }[] | undefined {
  const { writing } = useProgram();
  const asked = `${models.map(({ checkpoint }) => checkpoint.id)} ${text}`;
  const [answered, setAnswered] = useState<{
    asked: string;
    scores: { model: WritableModel; score: TextScore }[];
  }>();
  const [failed, setFailed] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says all that is asked
  useEffect(() => {
    if (models.length === 0) return;
    let isWanted = true;
    const scoring = models.map(async (model) => {
      const service = await writing.with(model.checkpoint);
      return { model, score: await service.score(model.checkpoint.id, text) };
    });
    Promise.all(scoring).then(
      (scores) => isWanted && setAnswered({ asked, scores }),
      (error: unknown) => isWanted && setFailed(error),
    );
    return () => {
      isWanted = false;
    };
  }, [asked, writing]);
  if (failed !== undefined) throw failed;
  return answered?.asked === asked ? answered.scores : undefined;
}
