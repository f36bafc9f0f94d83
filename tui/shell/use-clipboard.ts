import { useStdout } from 'ink';
import { useShell } from './shell.ts';

/** Copies a text to the clipboard: by OSC 52, which the terminal heeds where the person sits, wherever the program runs. */
export function useClipboard(): (text: string) => void {
  const stdout = useStdout();
  const shell = useShell();
  return (text) => {
    stdout.write(`\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`);
    shell.tell({ kind: 'done', text: 'Copied, if your terminal allows it (OSC 52).' });
  };
}
