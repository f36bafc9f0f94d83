import { useStdin, useStdout } from 'ink';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type MouseInput, mouseInputs, mouseOff, mouseOn } from '../keys/mouse.ts';
import { useProgram } from '../program.ts';

/**
 * The terminal's mouse, as long as the program has it: whether it has, what gives it back or takes it, and what lets go
 * of it for a while.
 * @param onInput called after `useInput`, which knows no mouse, was
 */
export function useMouse(onInput: (input: MouseInput) => void): {
  readonly isOn: boolean;
  readonly toggle: () => void;
  readonly without: (work: () => Promise<void>) => Promise<void>;
} {
  const { stdout } = useStdout();
  const { stdin } = useStdin();
  const [isOn, setOn] = useState(useProgram().mouse);
  const latest = useRef(onInput);
  latest.current = onInput;
  // In the same turn in which the program is left, however that happens.
  useLayoutEffect(() => {
    if (!isOn) return;
    stdout.write(mouseOn);
    return () => void stdout.write(mouseOff);
  }, [isOn, stdout]);
  // Ink drops what is no key; what it reads, it is seen reading.
  const listener = useRef((sent: unknown) => {
    for (const input of mouseInputs(String(sent))) latest.current(input);
  });
  useEffect(() => {
    if (!isOn) return;
    const see = listener.current;
    stdin.on('data', see);
    return () => void stdin.off('data', see);
  }, [isOn, stdin]);
  return {
    isOn,
    toggle: () => setOn(!isOn),
    without: async (work) => {
      if (!isOn) return work();
      // Without Ink, a listener would take from the shell what is typed there.
      stdin.off('data', listener.current);
      stdout.write(mouseOff);
      await work();
      stdout.write(mouseOn);
      setImmediate(() => stdin.on('data', listener.current));
    },
  };
}
