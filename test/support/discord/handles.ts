import type { Acknowledged, CompletionChoice, Interaction, OpenedForm } from './interactions.ts';
import type { SentMessage } from './messages.ts';
import type { World } from './world.ts';

/** What became of a command or a press: each waits until it is so. */
export interface InteractionHandle {
  readonly id: string;
  acknowledged(): Promise<Acknowledged>;
  /** The form that opened. */
  form(): Promise<OpenedForm>;
  /** The last message that it wrote or rewrote, once there is one that is still there. */
  answer(): Promise<SentMessage>;
  /** Every message that it wrote or rewrote so far, in order. */
  written(): readonly SentMessage[];
}

export function handleOf(world: World, interaction: Interaction): InteractionHandle {
  return {
    id: interaction.id,
    form: () => world.changes.until(() => interaction.form),
    acknowledged: () => world.changes.until(() => interaction.acknowledged),
    answer: () =>
      world.changes.until(() => interaction.written.findLast(({ deleted }) => !deleted)),
    written: () => [...interaction.written],
  };
}

/** The choices offered, once they are. */
export function choicesOf(
  world: World,
  interaction: Interaction,
): Promise<readonly CompletionChoice[]> {
  return world.changes.until(() => interaction.choices);
}
