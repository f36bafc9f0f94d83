import { script } from '@bomb.sh/tab';
import { argument, defineCommand } from '../define-command.ts';
import { oneOf } from '../forms.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const completion = defineCommand({
  arguments: { shell: argument(shells.join(', '), oneOf(shells)) },
  options: {},
  // The script has the shell ask `escriba complete -- WORDS...` at each Tab.
  run: async (_, { shell }) => script(shell, 'escriba', 'escriba'),
});
