import { expect, test } from 'vitest';
import { findPython } from '../../bench/python.ts';

test('without PyTorch it says how to get it', async () => {
  const said: string[] = [];
  expect(await findPython('no-such-python', (text) => said.push(text))).toBeUndefined();
  expect(said.join('')).toContain('python3 -m venv .venv && .venv/bin/pip install torch numpy');
});
