#!/usr/bin/env node
// Nothing is imported here but what runs on an old Node too: better-sqlite3 crashes there without a word.
import { isNodeNewEnough } from '../node-version.ts';
import { startAgain } from './newer-node.ts';

if (isNodeNewEnough()) {
  // Compiled code is kept in the system's temporary directory: the next start is a tenth faster.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { runProgram } = await import('./program.ts');
  await runProgram(process.argv.slice(2));
} else {
  startAgain();
}
