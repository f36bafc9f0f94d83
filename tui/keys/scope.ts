/** A key, or several, and what it does. */
export interface Binding {
  /** By the names that `keysOf` gives them; the first is the one that is shown. */
  readonly keys: readonly string[];
  /** What the footer says; nothing keeps it out of the footer. */
  readonly label: string;
  /** What the help says. */
  readonly help: string;
  /** Takes keys that would open another screen, for what is nearer at hand. */
  readonly shadows?: true;
  /** Works whatever is asked or typed, and stands in every footer. */
  readonly always?: true;
}

/** What lies over what, from the lowest: the uppermost that knows a key takes it. */
export const levels = ['everywhere', 'screen', 'choice', 'typing', 'question'] as const;
export type Level = (typeof levels)[number];

/**
 * The keys of some part of the screen by action, in the order of their weight: a footer shows as many as fit. Footers,
 * the help and docs/keys.md are made from these.
 */
export interface KeyScope<Action extends string = string> {
  readonly level: Level;
  readonly bindings: Readonly<Record<Action, Binding>>;
}

export function keyScope<Action extends string>(
  level: Level,
  bindings: Readonly<Record<Action, Binding>>,
): KeyScope<Action> {
  return { level, bindings };
}

/** The bindings of a scope, in its order. */
export function bindingsOf({
  bindings,
}: KeyScope): { readonly action: string; readonly binding: Binding }[] {
  return Object.entries(bindings).map(([action, binding]) => ({ action, binding }));
}
