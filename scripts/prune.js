// After an installation: libraries bring binaries for every system, some 330 MB that this one has no use for.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { platform, arch, env } = process;

// In a clone, or installed as a command. What another project has installed is its own.
const isClone = !root.split(sep).includes('node_modules');
const isOwn = isClone || env.npm_config_global === 'true';
if (isOwn) {
  const onnx = folderOf('onnxruntime-node');
  for (const napi of onnx ? foldersIn(join(onnx, 'bin')) : []) {
    // Nothing is removed where there is no binary for this system.
    if (!existsSync(join(napi, platform, arch))) continue;
    for (const system of foldersIn(napi)) {
      for (const processor of foldersIn(system)) {
        if (!processor.endsWith(join(sep, platform, arch))) remove(processor);
      }
    }
  }
  const sqlite = folderOf('better-sqlite3');
  const prebuilds = sqlite && join(sqlite, 'prebuilds');
  if (prebuilds && existsSync(join(prebuilds, `${platform}-${arch}.node`))) {
    for (const file of readdirSync(prebuilds)) {
      if (!file.startsWith(`${platform}-`)) remove(join(prebuilds, file));
    }
    // What it is compiled from.
    remove(join(sqlite, 'deps'));
  }
  // Its program was put into `bin`; what is left are headers, and an npm.
  const node = folderOf('node');
  if (node && existsSync(join(node, 'bin', platform === 'win32' ? 'node.exe' : 'node'))) {
    remove(join(node, 'node_modules'));
  }
}

/** Where npm put a library: beside the package, or below it. */
function folderOf(library) {
  const beside = isClone ? [] : [join(root, '..')];
  return [join(root, 'node_modules'), ...beside]
    .map((folder) => join(folder, library))
    .find(existsSync);
}

function foldersIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

function remove(folder) {
  rmSync(folder, { recursive: true, force: true });
}
