import type { ServingVerdict } from '../store/serving.ts';

/** Whether a run writes for its text, why, and how to choose otherwise: one or two sentences. */
export function servingWords(verdict: ServingVerdict): string {
  const { run, corpus, reason, serves } = verdict;
  const why = servingReason(verdict);
  if (reason === 'chosen')
    return `${why} \`escriba serve ${corpus} --auto\` goes back to the automatic choice.`;
  return serves || reason === 'no-checkpoint' || why === ''
    ? why
    : `${why} To use it anyway: \`escriba serve ${run}\`.`;
}

/** The same without how to choose otherwise. */
export function servingReason({
  run,
  corpus,
  serves,
  reason,
  checkpoint,
  serving,
}: ServingVerdict): string {
  const [own, other] = [bitsOf(checkpoint), bitsOf(serving)];
  const rival = `run ${serving?.run}`;
  switch (reason) {
    case 'chosen':
      return `Run ${run} is the active run of ${corpus}, because you chose it.`;
    case 'first':
    case 'newest':
      return own === noFigure
        ? `Run ${run} is the active run of ${corpus}: no other has been measured on held-out text.`
        : `Run ${run} is the active run of ${corpus}: no other has a better figure on the same held-out text.`;
    case 'measured':
      return `Run ${run} is the active run of ${corpus}: the first to be measured on held-out text.`;
    case 'no-worse':
      if (serves)
        return `Run ${run} is now the active run of ${corpus}: ${own}, no worse than before.`;
      break;
    case 'other-chosen':
      return `Run ${run} is not the active run of ${corpus}: you chose ${rival}.`;
    case 'worse':
      return `Run ${run} is not the active run of ${corpus}: it has ${own}, ${rival} has ${other}.`;
    case 'unmeasured':
      return `Run ${run} is not the active run of ${corpus}: it was not measured on held-out text, and ${rival} was.`;
    case 'other-text':
      return `Run ${run} is not the active run of ${corpus}: it was measured on different held-out text from ${rival}.`;
    case 'superseded':
      return `Run ${run} is not the active run of ${corpus}: ${rival} is newer and no worse.`;
    case 'no-checkpoint':
      return `Run ${run} cannot write yet: it has no checkpoint.`;
  }
  return '';
}

const noFigure = 'no figure';

function bitsOf(checkpoint: ServingVerdict['checkpoint']): string {
  const figure = checkpoint?.bitsPerCharacter ?? null;
  return figure === null ? noFigure : `${figure.toFixed(3)} bits per character`;
}
