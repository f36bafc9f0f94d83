import { cellNamed } from '../../../src/network/cells/cells.ts';
import { characterBits, type TextScore } from '../../../src/sample/score.ts';
import { type Line, line } from '../../drawing/line.ts';
import { bits, percent } from '../../drawing/numbers.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { nearest } from './character-map.ts';
import { type Inside, tokenWord } from './inside-view.ts';
import type { MapView } from './map-view.ts';
import { likeliest } from './reading.ts';
import { characterVectors } from './vectors.ts';

/** The views as sentences, for those who are read aloud to: a picture made of characters says nothing there. */

/** The last step: what went in, how open the gates of a layer stood, what was expected, and what came. */
export function stepSentences({ model, reading, layer }: Inside): Line[] {
  const step = reading.steps.at(-1);
  if (!step) return [line(`Press Space to read the first ${tokenWord(model)}.`)];
  const { tokens: characters } = model.tokenizer;
  const named = (id: number) => characterName(characters[id] ?? '');
  const expected = likeliest(step.chances, 3).map(
    ({ id, chance }) => `${named(id)} with ${percent(chance)}`,
  );
  const gates = cellNamed(model.config.cell)
    .vectors.filter(({ range }) => range === 'unit')
    .map(({ key, name }) => `${name} ${percent(mean(step.frame.gates[`layer${layer}.${key}`]))}`);
  const next = `${named(step.next)}, which had ${percent(step.chances[step.next] ?? 0)}`;
  return [
    line(`Step ${reading.done}: ${named(step.frame.input)} goes in.`),
    ...(gates.length > 0 ? [line(`How far its gates are open: ${gates.join(', ')}.`)] : []),
    line(`It expects ${listed(expected)}.`),
    line(step.drawn ? `It drew ${next}.` : `The text goes on with ${next}.`),
  ];
}

/** Which characters lie nearest to the chosen one. */
export function mapSentences({ model, chosen }: Pick<MapView, 'model' | 'chosen'>): Line[] {
  const { tokens: characters } = model.tokenizer;
  const near = nearest(characterVectors(model), chosen, 5).map(
    ({ id, cosine }) => `${characterName(characters[id] ?? '')} (${cosine.toFixed(2)})`,
  );
  return [
    line(
      `Nearest to ${characterName(characters[chosen] ?? '')}, by the cosine of their vectors, are ${listed(near)}.`,
    ),
    line(`The arrows up and down choose another ${tokenWord(model)}.`),
  ];
}

/** How surprising a text is, and where most. */
export function surpriseSentences({ tokens, bitsPerCharacter }: TextScore): Line[] {
  const characters = characterBits(tokens);
  if (characters.length === 0) return [line('No text to read: press i to type one.')];
  const most = characters
    .map((each, place) => ({ ...each, place: place + 1 }))
    .sort((a, b) => b.bits - a.bits)
    .slice(0, 5)
    .map(
      (each) => `${characterName(each.character)} at place ${each.place} (${each.bits.toFixed(1)})`,
    );
  return [
    line(`${bits(bitsPerCharacter)} bits per character on average.`),
    line(`Most bits have ${listed(most)}.`),
  ];
}

function characterName(character: string): string {
  if (character === ' ') return 'a space';
  return character === '\n' ? 'a line end' : `“${visibleCharacter(character)}”`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? 'nothing';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

function mean(values: ArrayLike<number> = []): number {
  const sum = Array.from(values).reduce((total, value) => total + value, 0);
  return sum / Math.max(1, values.length);
}
