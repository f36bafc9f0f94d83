import { keyScope } from '../keys/scope.ts';
import { useActions } from '../keys/use-actions.ts';
import type { Question } from './shell.ts';

export const questionKeys = keyScope('question', {
  yes: { keys: ['y'], label: 'yes', help: 'Do what the question asks' },
  no: { keys: ['n', 'escape'], label: 'no', help: 'Leave it' },
});

/** The keys that answer a question; no other works until then, but help and quit. */
export function Answers({ question, close }: { question: Question; close: () => void }): null {
  useActions(
    questionKeys,
    {
      yes: () => {
        close();
        question.yes();
      },
      no: close,
    },
    { modal: true },
  );
  return null;
}
