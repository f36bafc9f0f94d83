import { EscribaError } from './errors.ts';
import { isNodeNewEnough, neededNode } from './node-version.ts';

// Imported before all that an old Node would crash on.

if (!isNodeNewEnough()) {
  throw new EscribaError(
    `Escriba needs ${neededNode}, and this is Node ${process.versions.node}.`,
    'Install a newer Node from https://nodejs.org.',
  );
}
