import type { Command } from 'commander';
import { BadInput } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Refuses a command some of whose options npm has taken for its own: `npm run escriba train bible --minutes 5` lacks the
 * `--` before them.
 */
export function refuseWithoutDashes(command: Command, environment: Environment): void {
  const { npm_lifecycle_event: script } = environment;
  if (script !== 'escriba' && script !== 'start') return;
  const taken = optionsOf(command).filter(
    (option) => environment[`npm_config_${option.slice('--'.length).replaceAll('-', '_')}`],
  );
  const [first] = taken;
  if (first === undefined) return;
  const how = script === 'escriba' ? 'npm run -s escriba' : 'npm start';
  throw new BadInput(
    `npm took ${taken.join(', ')} as its own and did not pass it on.`,
    `Put -- before Escriba's words: ${how} -- ${command.name()} ... ${first} ...`,
  );
}

/** The options of a command and of those below it. */
function optionsOf(command: Command): string[] {
  const own = command.options.flatMap(({ long }) => long ?? []);
  return [...own, ...command.commands.flatMap(optionsOf)];
}
