import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test('CONTRIBUTING names files and folders that are there', () => {
  const text = readFileSync(fromRoot('CONTRIBUTING.md'), 'utf8');
  const named = Array.from(
    text.matchAll(/`((?:src|bot|tui|data|bench|test)\/[\w/.-]+)`/g),
    ([, path = '']) => path,
  );
  expect(named).toContain('src/network/cells/cells.ts');
  expect(named.filter((path) => !existsSync(fromRoot(path)))).toEqual([]);
});
