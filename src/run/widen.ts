import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import { initialParameters } from '../network/parameters.ts';
import type { Random } from '../text/random.ts';
import { CharacterTokenizer } from '../text/tokenizer/character-tokenizer.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** A network with the characters of its own vocabulary and of another text's. */
export interface Widened {
  readonly config: NetworkConfig;
  readonly tokenizer: Tokenizer;
  readonly weights: NamedArrays;
}

/**
 * The same network over a larger vocabulary: what it learnt of the characters it knows stays, and the new ones begin
 * as any new network's do, but with the bias of the rarest.
 */
export function widenVocabulary(
  config: NetworkConfig,
  known: Tokenizer,
  weights: NamedArrays,
  added: Tokenizer,
  random: Random,
): Widened {
  const characters = new Set([...known.characters, ...added.characters]);
  const tokenizer = CharacterTokenizer.of([...characters].join(''));
  const wider = { ...config, vocabularySize: tokenizer.size };
  const fresh = initialParameters(wider, () => random.next());
  const isOneHot = config.embedding === 'one-hot';
  const firstLayerInput = /^layer0\.\w+\.W$/;
  const widened = Object.entries(fresh).map(([name, array]) => {
    const old = weights[name];
    if (!old) throw new TypeError(`the weights lack "${name}"`);
    const byColumn = isOneHot && firstLayerInput.test(name);
    const byRow = name === 'embedding' || name === 'dense.W' || name === 'dense.b';
    if (!byColumn && !byRow) return [name, old];
    if (name === 'dense.b') array.data.fill(Math.min(...old.data));
    const [rows = 1, columns = 1] = old.shape;
    const newColumns = array.shape[1] ?? 1;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const newRow = byRow ? position(row) : row;
        const newColumn = byColumn ? position(column) : column;
        array.data[newRow * newColumns + newColumn] = old.data[row * columns + column] ?? 0;
      }
    }
    return [name, array];
  });
  return { config: wider, tokenizer, weights: Object.fromEntries(widened) };

  function position(id: number): number {
    return tokenizer.idOf(known.characters[id] ?? '');
  }
}
