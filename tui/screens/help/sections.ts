import { type KeyScope, keyScope } from '../../keys/scope.ts';
import { editingKeys } from '../../keys/text-edit.ts';
import { everywhereKeys } from '../../shell/everywhere.ts';
import { questionKeys } from '../../shell/question.ts';
import type { Screen } from '../../shell/screen.ts';
import { choiceKeys } from '../../widgets/choice.ts';
import { typingKeys } from '../../widgets/text-field.ts';

/** Some pages of the help. */
export interface Section {
  readonly title: string;
  /** The screen that its keys are of; none where they are of all. */
  readonly screen?: Screen;
  readonly scopes: readonly KeyScope[];
}

/** The keys that edit a text: they have no place in footers. */
const editing = keyScope(
  'typing',
  Object.fromEntries(editingKeys.map(({ keys, help }) => [help, { keys, label: '', help }])),
);

/** The pages of the help, in the order in which docs/keys.md has them. */
export function helpSections(screens: readonly Screen[]): Section[] {
  return [
    { title: 'Everywhere', scopes: [everywhereKeys(screens)] },
    ...screens.map((screen) => ({ title: screen.title, screen, scopes: screen.scopes })),
    { title: 'While typing', scopes: [typingKeys, editing] },
    { title: 'When asked', scopes: [questionKeys, choiceKeys] },
  ];
}
