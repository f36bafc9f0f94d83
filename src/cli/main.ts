#!/usr/bin/env node
// Nothing is imported here but what runs on an old Node too: better-sqlite3 crashes there without a word.
import { isNewEnough, startAgain } from './newer-node.ts';

if (isNewEnough(process.versions.node)) {
  const { runProgram } = await import('./program.ts');
  await runProgram(process.argv.slice(2));
} else {
  startAgain();
}
