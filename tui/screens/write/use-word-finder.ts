import { findText } from '../../../src/run/corpora.ts';
import { type FindWord, indexWords } from '../../../src/sample/seed-word.ts';
import { persistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import { useProgram } from '../../program.ts';

const findersState = persistentState(() => new Map<string, Promise<FindWord | undefined>>());

/** Finds the words of a text by the text's name, which is read once; none where it is not on this machine. */
export function useWordFinder(): (corpus: string) => Promise<FindWord | undefined> {
  const { watch } = useProgram();
  const [finders] = usePersistentState(findersState);
  return (corpus) => {
    const known = finders.get(corpus) ?? readWords();
    finders.set(corpus, known);
    return known;

    async function readWords(): Promise<FindWord | undefined> {
      const text = await findText(watch.store, corpus);
      return text === undefined ? undefined : indexWords(text);
    }
  };
}
