import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

/** What a machine's own list of its cards is asked with, and how their names are found in the answer. */
const lists: Readonly<
  Partial<
    Record<
      NodeJS.Platform,
      {
        readonly command: readonly [string, ...string[]];
        readonly names: (answer: string) => string[];
      }
    >
  >
> = {
  darwin: {
    command: ['system_profiler', 'SPDisplaysDataType', '-json'],
    names: (answer) =>
      z
        .object({ SPDisplaysDataType: z.array(z.object({ sppci_model: z.string() })) })
        .parse(JSON.parse(answer))
        .SPDisplaysDataType.map((card) => card.sppci_model),
  },
  win32: {
    command: [
      'powershell',
      ...['-NoProfile', '-Command', '(Get-CimInstance Win32_VideoController).Name'],
    ],
    names: (answer) => answer.split(/\r?\n/).filter((line) => line.trim() !== ''),
  },
};

/**
 * What the card is called that a process computed on: the Vulkan loader says it among what it wrote to `stderr`; else
 * the system knows its cards, of which it may have several.
 */
export async function cardNameFrom(
  stderr: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string> {
  const opened = stderr.match(/Using "([^"]+)" with driver/)?.[1];
  if (opened !== undefined) return opened;
  const list = lists[platform];
  if (!list) return 'graphics card';
  try {
    const [program, ...words] = list.command;
    const { stdout } = await run(program, words, { timeout: 10_000 });
    return list.names(stdout).join(' or ') || 'graphics card';
  } catch {
    // Only its name is missing.
    return 'graphics card';
  }
}

/** Whether a device of that name is the processor, which computes what a card would. */
export function isSoftware(name: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|basic render/i.test(name);
}
