import { useRef } from 'react';
import { keyScope } from '../keys/scope.ts';
import { useActions } from '../keys/use-actions.ts';
import type { Question } from './shell.ts';

export const questionKeys = keyScope('question', {
  yes: { keys: ['y'], label: 'yes', help: 'Yes' },
  no: { keys: ['n', 'escape'], label: 'no', help: 'No' },
});

/** So long a question takes no answer, in milliseconds: what was typed before it was seen was not meant for it. */
const unseen = 300;

/** The keys that answer a question; no other works until then, but help and quit. */
export function Answers({ question, close }: { question: Question; close: () => void }): null {
  const asked = useRef(performance.now());
  const answer = (then: () => void) => () => {
    if (performance.now() - asked.current < unseen) return;
    close();
    then();
  };
  useActions(questionKeys, { yes: answer(question.yes), no: answer(() => {}) }, { modal: true });
  return null;
}
