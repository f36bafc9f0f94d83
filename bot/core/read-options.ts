import type { Translations } from '../../data/language.ts';
import type { Option, Options, OptionValues } from './command.ts';
import {
  missingOption,
  notAChoice,
  otherKindOfValue,
  outOfBounds,
  outOfLength,
} from './refusals.ts';
import type { OptionValue, RawOptions } from './request.ts';

/** The most characters of a text option, as Discord has it, where its declaration says nothing. */
const longestText = 6_000;

export type ReadOptions<O> =
  | { readonly values: OptionValues<O> }
  | { readonly refusal: Translations };

/** Checks options as they came against their declarations: nothing beyond this door checks them again. */
export function readOptions<Services, O extends Options<Services>>(
  declared: O,
  raw: RawOptions,
): ReadOptions<O> {
  const values: Record<string, OptionValue> = {};
  for (const [name, option] of Object.entries(declared)) {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (value === undefined) {
      if (option.required) return { refusal: missingOption(calledOf(name, option)) };
      continue;
    }
    const refusal = refuse(calledOf(name, option), option, value);
    if (refusal !== null) return { refusal };
    values[name] = value;
  }
  // Every value was just held against its declaration, which is what the type says of it.
  return { values: values as OptionValues<O> };
}

/** What each language calls an option. */
function calledOf<Services>(name: string, { localNames }: Option<Services>): Translations {
  return { en: name, ...localNames };
}

function refuse<Services>(
  name: Translations,
  option: Option<Services>,
  value: OptionValue,
): Translations | null {
  switch (option.type) {
    case 'text': {
      if (typeof value !== 'string') return otherKindOfValue(name);
      if (option.choices && !option.choices.some((choice) => choice.value === value)) {
        return notAChoice(name, option.choices);
      }
      const { minimumLength = 0, maximumLength = longestText } = option;
      const length = [...value].length;
      return length < minimumLength || length > maximumLength
        ? outOfLength(name, minimumLength, maximumLength)
        : null;
    }
    case 'integer':
    case 'number': {
      if (typeof value !== 'number') return otherKindOfValue(name);
      if (option.type === 'integer' && !Number.isSafeInteger(value)) return otherKindOfValue(name);
      // Written so that NaN is out of bounds.
      return value >= option.minimum && value <= option.maximum
        ? null
        : outOfBounds(name, option.minimum, option.maximum);
    }
    case 'channel':
      return typeof value === 'object' && 'kind' in value ? null : otherKindOfValue(name);
    case 'role':
      return typeof value === 'object' && 'mentionable' in value ? null : otherKindOfValue(name);
  }
}
