import { useCallback, useEffect, useRef } from 'react';
import { endsWholeWord, unmarkedSeed } from '../../../src/sample/seed-word.ts';
import type { BorrowedNetwork } from '../../../src/sample/service/service.ts';
import type { WriteRequest } from '../../../src/sample/write-request.ts';
import { readRunTokenizer } from '../../../src/store/runs.ts';
import { countCharacters } from '../../../src/text/characters.ts';
import { preparePrompt } from '../../../src/text/prompt.ts';
import { readTokenizer } from '../../../src/text/tokenizer/saved-tokenizer.ts';
import { type PersistentState, usePersistentState } from '../../data/use-persistent-state.ts';
import type { WritableNetwork } from '../../data/writable-networks.ts';
import { useProgram } from '../../program.ts';
import { failure, useShell } from '../../shell/shell.ts';
import { useWordFinder } from './use-word-finder.ts';
import { promptNote, type Written } from './written.ts';

/** How often a text that grows is shown anew, in milliseconds. */
const showEvery = 120;

/** A text that is written here: what there is of it, what begins it anew, and what ends it early. */
export function useWritten(state: PersistentState<Written | undefined>): {
  readonly written: Written | undefined;
  readonly write: (model: WritableNetwork, request: WriteRequest) => void;
  readonly halt: () => void;
} {
  const { writing, watch } = useProgram();
  const [written, setWritten] = usePersistentState(state);
  const shell = useShell();
  const findWordOf = useWordFinder();
  const turn = useRef(0);

  const halt = useCallback(() => {
    turn.current++;
    setWritten(
      (before) => before && { ...before, state: before.state === 'failed' ? 'failed' : 'done' },
    );
  }, [setWritten]);
  useEffect(() => halt, [halt]);

  const write = async ({ run, checkpoint }: WritableNetwork, request: WriteRequest) => {
    const mine = ++turn.current;
    const tokenizer = readTokenizer(readRunTokenizer(watch.store, run.id));
    const unmarked = unmarkedSeed(request.seed);
    const prompt = preparePrompt(unmarked.seed, tokenizer);
    const seed = prompt.text;
    const beginning: Written = {
      state: 'writing',
      by: {
        corpus: run.corpus,
        run: run.id,
        temperature: request.temperature,
        ...{ topP: request.topP, topK: request.topK, minP: request.minP ?? 0 },
      },
      seed,
      text: '',
      note: promptNote(prompt),
      charsPerSecond: 0,
      randomSeed: request.randomSeed,
    };
    setWritten(beginning);
    let network: BorrowedNetwork | undefined;
    try {
      // A word of the text that the seed ends with gets no letters, as on the command line.
      const endsWord = !unmarked.goesOn && endsWholeWord(seed, await findWordOf(run.corpus));
      network = await writing.borrow(checkpoint);
      const began = performance.now();
      let text = '';
      let shown = began;
      const now = (state: Written['state']): Written => {
        const seconds = Math.max(1e-3, (performance.now() - began) / 1000);
        return { ...beginning, state, text, charsPerSecond: countCharacters(text) / seconds };
      };
      for await (const piece of network.write({ ...request, seed, endsWord })) {
        if (turn.current !== mine) return;
        text += piece;
        if (performance.now() - shown < showEvery) continue;
        shown = performance.now();
        setWritten(now('writing'));
      }
      if (turn.current === mine) setWritten(now('done'));
    } catch (error) {
      if (turn.current !== mine) return;
      const { text, remedy = '' } = failure(error);
      setWritten({ ...beginning, state: 'failed', note: `${text} ${remedy}` });
    } finally {
      network?.release();
    }
  };
  return {
    written,
    write: (model, request) =>
      void write(model, request).catch((error: unknown) => shell.tell(failure(error))),
    halt,
  };
}
