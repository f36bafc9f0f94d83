import { EscribaError } from './errors.ts';
import { isNodeNewEnough, neededNode } from './node-version.ts';

// Imported before all that an old Node would crash on.

if (!isNodeNewEnough()) {
  throw new EscribaError(
    `Escriba needs ${neededNode}, and this is Node ${process.versions.node}.`,
    'Run it with the newer Node that npm installs beside it, `npx node story.js`, or install one from https://nodejs.org.',
  );
}
