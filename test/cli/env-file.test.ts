import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnvironmentFiles } from '../../src/cli/env-file.ts';
import { temporaryDirectory } from '../store/temporary.ts';

function folderWith(content: string | Uint8Array): string {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, '.env'), content);
  return folder;
}

const text = '# the bot\nDISCORD_TOKEN="abc.déf"\nOTHER=2\n';
const bigEndian = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ["UTF-16, as PowerShell's > writes it", Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big-endian', bigEndian],
])('a .env in %s is read', (_, content) => {
  const environment = {};
  readEnvironmentFiles([folderWith(content)], environment);
  expect(environment).toEqual({ DISCORD_TOKEN: 'abc.déf', OTHER: '2' });
});

test('what is set already stays, and the first of two files is right', () => {
  const environment = { SET: 'before' };
  const folders = [folderWith('SET=1\nONE=1\n'), temporaryDirectory(), folderWith('ONE=2\nTWO=2')];
  readEnvironmentFiles(folders, environment);
  expect(environment).toEqual({ SET: 'before', ONE: '1', TWO: '2' });
});

test.each([
  ['neither UTF-8 nor marked as UTF-16', Uint8Array.of(0x41, 0x3d, 0xe9, 0x0a)],
  ['UTF-16 without its byte order mark', Buffer.from(text, 'utf16le')],
])('one that is %s is refused by its name', (_, content) => {
  const folder = folderWith(content);
  const read = () => readEnvironmentFiles([folder], {});
  expect(read).toThrow(`The file ${join(folder, '.env')} could not be read`);
});
