import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { EscribaError, systemReason } from '../errors.ts';

/** Bytes, or a text to be written in UTF-8. */
type Content = Uint8Array | string;

/**
 * Writes a file whole or not at all: beside its place, flushed to the disk, then renamed. What was there before stays
 * until then. A pipe or a device is written to as it is.
 * @throws EscribaError where the disk does not take it
 */
export async function writeFileWhole(path: string, content: Content): Promise<void> {
  try {
    const there = await stat(path).catch(() => undefined);
    if (there && !there.isFile()) await writeTo(path, content);
    else await replace(there ? await realpath(path) : path, content, there?.mode);
  } catch (cause) {
    throw new EscribaError(
      `The file ${path} could not be written: ${reasonOf(cause)}.`,
      'Choose another path, or free some disk space.',
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  return isMissing ? 'its folder does not exist' : systemReason(cause);
}

async function replace(path: string, content: Content, mode: number | undefined): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`;
  try {
    await writeTo(beside, content, mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeTo(path: string, content: Content, mode?: number): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(content);
    if ((await file.stat()).isFile()) await file.sync();
  } finally {
    await file.close();
  }
}
