import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import { initialParameters, parameterShapes } from '../network/parameters.ts';
import type { Random } from '../text/random.ts';
import { extendTokenizer } from '../text/tokenizer/extend-tokenizer.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** A network with its own tokens and the characters of another text. */
export interface ExtendedNetwork {
  readonly config: NetworkConfig;
  readonly tokenizer: Tokenizer;
  readonly weights: NamedArrays;
}

/**
 * The same network over a larger vocabulary: what it learned of the tokens it knows stays, and the new characters begin
 * as any new network's do, but with the bias of the rarest.
 */
export function extendVocabulary(
  config: NetworkConfig,
  known: Tokenizer,
  weights: NamedArrays,
  characters: readonly string[],
  random: Random,
): ExtendedNetwork {
  const tokenizer = extendTokenizer(known, characters);
  const wider = { ...config, vocabularySize: tokenizer.size };
  const fresh = initialParameters(wider, () => random.next());
  const widened = parameterShapes(wider).map(({ name, role, tokenAxis }) => {
    const [old, array] = [weights[name], fresh[name]];
    if (!old || !array) throw new TypeError(`the weights lack "${name}"`);
    if (tokenAxis === null) return [name, old];
    if (role === 'denseBias') array.data.fill(Math.min(...old.data));
    const [rows = 1, columns = 1] = old.shape;
    const newColumns = array.shape[1] ?? 1;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const newRow = tokenAxis === 0 ? position(row) : row;
        const newColumn = tokenAxis === 1 ? position(column) : column;
        array.data[newRow * newColumns + newColumn] = old.data[row * columns + column] ?? 0;
      }
    }
    return [name, array];
  });
  return { config: wider, tokenizer, weights: Object.fromEntries(widened) };

  function position(id: number): number {
    return tokenizer.idOf(known.tokens[id] ?? '');
  }
}
