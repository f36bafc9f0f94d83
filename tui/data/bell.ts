import { persistentState } from './use-persistent-state.ts';

/** Whether the end of a training is to be heard. */
export const bellState = persistentState(() => false);

/** What makes a terminal notify of something, where it can (OSC 9), and ring. @param text without control characters */
export function bellFor(text: string): string {
  return `\x1b]9;Escriba: ${text}\x07\x07`;
}
