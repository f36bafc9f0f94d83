import { useState } from 'react';
import { blank, bold, faint, type Line, line, quiet, rubric, span } from '../drawing/line.ts';
import { wrap } from '../drawing/text.ts';
import { keyScope } from '../keys/scope.ts';
import { useActions } from '../keys/use-actions.ts';

export const choiceKeys = keyScope('choice', {
  take: { keys: ['enter'], label: 'choose', help: 'Choose this one' },
  close: { keys: ['escape'], label: 'close', help: 'Close the list, changing nothing' },
  up: { keys: ['up', 'k', 'wheel-up'], label: '', help: 'The choice above' },
  down: { keys: ['down', 'j', 'wheel-down'], label: '', help: 'The choice below' },
});

export interface Choice {
  readonly title: string;
  readonly about?: string;
  readonly take: () => void;
}

/** Things to choose one of, on a screen now and then: their rows while there are any. */
export function useChoice(width: number): {
  readonly rows: readonly Line[];
  readonly offer: (question: string, choices: readonly Choice[]) => void;
} {
  const [offered, setOffered] = useState<{ question: string; choices: readonly Choice[] }>();
  const [chosen, setChosen] = useState(0);
  const last = (offered?.choices.length ?? 1) - 1;
  const close = () => setOffered(undefined);
  useActions(
    choiceKeys,
    {
      take: () => {
        close();
        offered?.choices[chosen]?.take();
      },
      close,
      up: () => setChosen(Math.max(0, chosen - 1)),
      down: () => setChosen(Math.min(last, chosen + 1)),
    },
    { active: offered !== undefined, modal: true },
  );
  return {
    rows: offered ? choiceLines(offered.question, offered.choices, chosen, width) : [],
    offer: (question, choices) => {
      setChosen(0);
      setOffered({ question, choices });
    },
  };
}

const mostShown = 8;

/** The choices, and below them what the one at hand is about. */
function choiceLines(
  question: string,
  choices: readonly Choice[],
  chosen: number,
  width: number,
): Line[] {
  const about = choices[chosen]?.about ?? '';
  // Of many, some around the chosen one.
  const top = Math.max(0, Math.min(chosen - (mostShown >> 1), choices.length - mostShown));
  const left = choices.length - mostShown;
  const said = left > 0 ? `${question} (${chosen + 1} of ${choices.length})` : question;
  return [
    ...wrap(said, width - 2).map((row) => line(` ${row}`, bold)),
    ...choices.slice(top, top + mostShown).map(({ title }, place): Line => {
      const isChosen = top + place === chosen;
      return [
        span(isChosen ? ' ▸ ' : '   ', rubric, bold),
        span(title, ...(isChosen ? [bold] : [quiet])),
      ];
    }),
    ...(about === '' ? [] : wrap(about, width - 4).map((row) => line(`   ${row}`, faint))),
    blank,
  ];
}
