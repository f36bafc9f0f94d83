/** The oldest Node that Escriba runs on, as `engines` in package.json says it. */
export const oldestNode = '22.14';

/**
 * Whether this Node has what better-sqlite3 is built for: Node-API 10, which came with Node 22.14 and 23.6. On an
 * older one it ends the whole process by a crash.
 */
export function isNodeNewEnough(napi = process.versions.napi): boolean {
  return Number(napi) >= 10;
}
