import { CommanderError } from 'commander';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EscribaError } from '../../src/errors.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { fuzzCases } from '../support/fuzz.ts';
import { programOf, typedCommands } from '../support/typed-commands.ts';

/** The options and arguments of each command that take a number. */
async function numericOptions(folder: string) {
  return (await typedCommands(folder)).flatMap(({ words, command }) => {
    const names = command.registeredArguments.map((argument) => argument.name());
    const numbers = command.options.flatMap(({ flags, long }) =>
      /<(N|P|T|R|RATE|NORM|RUN|PORT)\b/.test(flags) && long ? [long] : [],
    );
    const places = names.flatMap((name, place) => (/^(run|model)$/.test(name) ? [place] : []));
    return [
      ...numbers.map((option) => ({ words, names, option, place: -1 })),
      ...places.map((place) => ({ words, names, option: undefined, place })),
    ];
  });
}

const digits = fc.nat().map(String);
const number = fc.oneof(
  fc.constantFrom(
    ...[
      '0',
      '-0',
      '-1',
      '1e400',
      '1e-400',
      '0x10',
      '1_000',
      '1,5',
      '1.5.2',
      ' 5 ',
      '٣',
      '½',
      '５',
      '+3',
      '.5',
      '5.',
    ],
    ...[
      'NaN',
      'Infinity',
      '-Infinity',
      'null',
      '',
      ' ',
      '--',
      '-',
      'one-hot',
      '9'.repeat(400),
      '9007199254740993',
    ],
    ...['2147483648', '4294967296', '1e21', '\0', '5\n', '\ud83d', '$(id)', '%s'],
  ),
  digits,
  fc.double().map(String),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

test('whatever is typed for a number, it is taken or refused with a remedy', async () => {
  const folder = temporaryDirectory();
  const places = await numericOptions(folder);
  const known = places.map(({ words, option, place }) => `${words.join(' ')} ${option ?? place}`);
  expect(known).toEqual(
    expect.arrayContaining(['train --hidden', 'write --top-p', 'corpus add --min-count', 'show 0']),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places),
      number,
      async ({ words, names, option, place }, typed) => {
        const program = await programOf(words[0], folder);
        const given = names.map((_, at) => (at === place ? typed : 'nothing'));
        const options = option === undefined ? [] : [`${option}=${typed}`];
        const answer = await program
          .parseAsync([...words, ...options, '--', ...given], { from: 'user' })
          .catch((error: unknown) => error);
        const isTold = answer instanceof EscribaError || answer instanceof CommanderError;
        expect(isTold, String(answer)).toBe(true);
      },
    ),
    { numRuns: fuzzCases },
  );
});
