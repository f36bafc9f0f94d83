/** The Node that Escriba runs on, in a person's words; `engines` in package.json says the same to npm. */
export const neededNode = 'Node 22.14 or newer (of Node 23, 23.6)';

/**
 * Whether this Node has what better-sqlite3 is built for: Node-API 10, which came with Node 22.14 and 23.6. On an
 * older one it ends the whole process by a crash.
 */
export function isNodeNewEnough(napi = process.versions.napi): boolean {
  return Number(napi) >= 10;
}
