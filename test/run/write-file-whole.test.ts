import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFileWhole } from '../../src/run/write-file-whole.ts';
import { temporaryDirectory } from '../store/temporary.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a file is replaced whole, where it lies, with the rights that it had', async () => {
  const directory = temporaryDirectory();
  const [file, link] = [join(directory, 'file'), join(directory, 'link')];
  writeFileSync(file, 'before', { mode: 0o600 });
  symlinkSync(file, link);
  const { ino } = statSync(file);
  await writeFileWhole(link, bytes('after'));
  expect(readFileSync(file, 'utf8')).toBe('after');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // It was written beside the one that was there, which was never open for writing.
  expect(statSync(file).ino).not.toBe(ino);
  expect(readdirSync(directory).sort()).toEqual(['file', 'link']);
});

test('where it cannot be written, what was there stays and nothing else does', async () => {
  const directory = temporaryDirectory();
  const place = join(directory, 'place');
  mkdirSync(place);
  await expect(writeFileWhole(place, bytes('x'))).rejects.toThrow(
    `The file ${place} could not be written: it is a folder.`,
  );
  await expect(writeFileWhole(join(directory, 'no', 'file'), bytes('x'))).rejects.toThrow(
    'could not be written: its folder does not exist.',
  );
  expect(readdirSync(directory)).toEqual(['place']);
});
