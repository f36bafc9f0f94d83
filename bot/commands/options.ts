import { networkNotation } from '../../src/network/notation.ts';
import type { NumberOption, TextOption } from '../core/command.ts';
import { escapeMarkdown } from '../core/markdown.ts';
import type { Choice } from '../core/reply.ts';
import type { CompletionRequest } from '../core/request.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';

export const seedOption = {
  type: 'text',
  localNames: { 'pt-BR': 'semente' },
  description: inAll(({ options }) => options.seed),
  maximumLength: 300,
} as const satisfies TextOption<Services>;

export const temperatureOption = {
  type: 'number',
  localNames: { 'pt-BR': 'temperatura' },
  description: inAll(({ options }) => options.temperature),
  minimum: 0,
  maximum: 1.5,
} as const satisfies NumberOption;

/** An option that names a network of a corpus by its run: `3`. */
export function modelOption(corpusOf: (request: CompletionRequest) => string) {
  return {
    type: 'text',
    localNames: { 'pt-BR': 'modelo' },
    description: inAll(({ options }) => options.model),
    maximumLength: 100,
    complete: (request, services) => completeModel(corpusOf(request), request, services),
  } as const satisfies TextOption<Services>;
}

/** The number of the run that was typed (`3`, `run 3`), null where it is none. */
export function runTyped(model: string): number | null {
  const [, digits] = /^\s*(?:\p{L}+\s+)?#?(\d{1,9})\b/u.exec(model) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** What was typed, as it can be shown in an answer. */
export function quoted(typed: string): string {
  return escapeMarkdown(typed.length > 60 ? `${typed.slice(0, 60)}…` : typed);
}

async function completeModel(
  corpus: string,
  request: CompletionRequest,
  { library }: Services,
): Promise<Choice[]> {
  const words = wordsFor(request.locale);
  const serving = await library.serving(corpus);
  return (await library.runs(corpus))
    .map(({ run, checkpoint }) => ({
      name: words.model.choice(
        run.id,
        networkNotation(run.network),
        checkpoint.bitsPerCharacter,
        run.id === serving?.run.id,
      ),
      value: String(run.id),
    }))
    .filter(({ name }) => name.toLowerCase().includes(request.text.trim().toLowerCase()));
}
