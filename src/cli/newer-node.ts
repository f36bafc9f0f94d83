import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { neededNode } from '../node-version.ts';

/**
 * Starts this program again with the Node that npm brought (the package `node`), which takes its place: arguments,
 * input, output and signals go to it, and its exit code is this process's.
 */
export function startAgain(): void {
  const node = bundledNode();
  if (node === undefined) {
    refuse('the newer one that npm can install beside it is missing');
    return;
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  const passOn = (signal: NodeJS.Signals) => {
    // On Windows the console tells every process itself, and kill() would end the child at once.
    if (process.platform !== 'win32') child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, passOn);
  child.on('error', (error) => {
    refuse(`the newer one that npm installed does not start (${error.message})`);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    for (const each of signals) process.off(each, passOn);
    process.kill(process.pid, signal);
  });
}

/** The file of the Node that npm brought, where it is there. */
function bundledNode(): string | undefined {
  try {
    const description = createRequire(import.meta.url).resolve('node/package.json');
    // Its installation names the file here: bin/node, on Windows bin/node.exe.
    const { bin } = JSON.parse(readFileSync(description, 'utf8'));
    const file = resolve(description, '..', bin.node);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function refuse(why: string): void {
  process.stderr.write(
    `error: Escriba needs ${neededNode}; this is Node ${process.versions.node}, and ${why}.\n` +
      'Install a newer Node from https://nodejs.org.\n',
  );
  process.exitCode = 1;
}
