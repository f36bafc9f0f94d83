import { expect, test } from 'vitest';
import { commands, messageCommands } from '../../bot/commands/all.ts';

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const optionsOf = (options: object) =>
  Object.keys(options)
    .map((name) => `\`${name}\``)
    .join(' ');

test('docs/bot-commands.md has every command of the bot (`vitest -u` writes it anew)', async () => {
  const rows = commands.flatMap((command) => {
    const who = command.who === 'everyone' ? '' : ' (who may manage the server)';
    return 'subcommands' in command
      ? command.subcommands.map(({ name, description, options }) =>
          row(`\`/${command.name} ${name}\``, `${description.en}${who}`, optionsOf(options)),
        )
      : [
          row(
            `\`/${command.name}\``,
            `${command.description.en}${who}`,
            optionsOf(command.options),
          ),
        ];
  });
  const page = [
    '# The commands of the bot',
    '',
    "In Discord, and in `escriba bot --console`. Discord shows them in each person's language; these are the English names.",
    '',
    row('command', 'what it does', 'options'),
    '|---|---|---|',
    ...rows,
    '',
    `In the menu of a message, under Apps: ${messageCommands.map(({ name }) => `*${name}*`).join(', ')}.`,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../docs/bot-commands.md');
});
