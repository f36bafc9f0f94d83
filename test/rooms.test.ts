import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Room {
  /** The rooms whose code it uses. */
  readonly uses: readonly string[];
  /** The rooms of which it knows the types alone. */
  readonly knows?: readonly string[];
  /** The outside libraries that it alone uses. */
  readonly libraries?: readonly string[];
}

const forAll = ['src/errors.ts', 'src/node-version.ts'];

/** Who may import whom. Every room has those files, and zod to check what comes from outside. */
const rooms: Readonly<Record<string, Room>> = {
  'src/text': { uses: [] },
  'src/threads': { uses: [] },
  'src/graph': { uses: [], libraries: ['@bufbuild/protobuf'] },
  'src/picture': { uses: [], libraries: ['@resvg/resvg-js'] },
  'src/simd': { uses: [] },
  'src/network': { uses: ['src/graph', 'src/simd'] },
  'src/engine': { uses: [], knows: ['src/network'] },
  'src/engine/onnx': {
    uses: ['src/engine', 'src/network', 'src/graph', 'src/threads'],
    libraries: ['onnxruntime-node'],
  },
  'src/engine/tfjs': {
    uses: ['src/engine', 'src/network', 'src/graph'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-node'],
  },
  'src/engine/torch': { uses: ['src/engine', 'src/network'] },
  'src/train': { uses: ['src/engine', 'src/network', 'src/text'] },
  // The engine itself in the thread of its service.
  'src/sample': {
    uses: ['src/engine', 'src/engine/onnx', 'src/network', 'src/text', 'src/threads'],
  },
  'src/store': {
    uses: ['src/network', 'src/train'],
    knows: ['src/text'],
    libraries: ['better-sqlite3', 'env-paths'],
  },
  'src/run': {
    uses: ['src/train', 'src/sample', 'src/store', 'src/network', 'src/text', 'data'],
    knows: ['src/engine'],
  },
  data: { uses: ['src/text'], libraries: ['kjv'] },
  'bot/words': { uses: [], knows: ['data'] },
  'bot/core': { uses: ['bot/words', 'src/store'], knows: ['data'], libraries: ['pino'] },
  'bot/library': {
    uses: [
      ...['bot/core', 'bot/words', 'src/run', 'src/sample', 'src/store', 'src/network', 'src/text'],
      'data',
    ],
  },
  'bot/daily': {
    uses: ['bot/library', 'bot/core', 'bot/words', 'src/store', 'src/text', 'src/picture', 'data'],
    libraries: ['@vvo/tzdb'],
  },
  'bot/commands': {
    uses: [
      ...['bot/daily', 'bot/library', 'bot/core', 'bot/words'],
      ...['src/sample', 'src/store', 'src/network', 'src/text', 'src/picture', 'data'],
    ],
  },
  'bot/console': { uses: ['bot/library', 'bot/core', 'bot/words'], knows: ['data'] },
  'bot/discord': {
    uses: ['bot/core', 'bot/words'],
    knows: ['data'],
    libraries: ['discord.js'],
  },
  // Puts them together.
  bot: {
    uses: [
      ...['bot/discord', 'bot/console', 'bot/commands', 'bot/daily', 'bot/library', 'bot/core'],
      ...['bot/words', 'src/sample', 'src/store'],
    ],
  },
  // The engine itself in processes and threads of its own.
  tui: {
    uses: [
      ...['src/run', 'src/store', 'src/sample', 'src/train', 'src/engine/onnx', 'src/network'],
      ...['src/text', 'src/picture', 'src/threads', 'data', 'bot'],
    ],
    knows: ['src/engine'],
    libraries: ['ink', 'react'],
  },
  'src/cli': {
    uses: [
      ...['src/run', 'src/store', 'src/sample', 'src/train', 'src/engine', 'src/engine/onnx'],
      ...[
        'src/engine/tfjs',
        'src/engine/torch',
        'src/network',
        'src/text',
        'src/picture',
        'data',
        'bot',
        'bot/discord',
        'bot/core',
        'bot/words',
        'tui',
      ],
    ],
    libraries: ['@bomb.sh/tab', 'commander', 'dotenv'],
  },
  // What other programs import.
  src: {
    uses: ['src/run', 'src/store', 'src/sample', 'src/engine/onnx', 'src/network', 'src/text'],
    knows: ['src/engine'],
  },
};

interface Import {
  readonly from: string;
  /** A file of ours, or the name of a library. */
  readonly what: string;
  readonly isOurs: boolean;
  readonly kind: 'code' | 'types' | 'later';
}

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{src,bot,tui,data}/**/*.{ts,tsx}', { cwd: root });
const imports = files.flatMap(importsOf);

/** The imports of a file: of code, of types alone, or `later`, when the code that asks for them runs. */
function importsOf(from: string): Import[] {
  const text = readFileSync(join(root, from), 'utf8');
  const named = /^(?:import|export)\s+(type\s+)?(?:([^'"`;]*?)\s+from\s+)?'([^']+)'/gm;
  const asked =
    /\b(?:import|import\.meta\.resolve|createRequire\(import\.meta\.url\))\('([^']+)'\)/g;
  const told = (specifier: string, kind: Import['kind']): Import => {
    if (specifier.startsWith('.')) {
      return { from, what: join(dirname(from), specifier), isOurs: true, kind };
    }
    const [library = '', part = ''] = specifier.split('/');
    return {
      from,
      what: library.startsWith('@') ? `${library}/${part}` : library,
      isOurs: false,
      kind,
    };
  };
  return [
    ...Array.from(text.matchAll(named), ([, type, bindings = '', specifier = '']) =>
      told(specifier, type || isTypesAlone(bindings) ? 'types' : 'code'),
    ),
    ...Array.from(text.matchAll(asked), ([, specifier = '']) => told(specifier, 'later')),
  ].filter(({ what }) => !isBuiltin(what));
}

/** `{ type A, type B }` */
function isTypesAlone(bindings: string): boolean {
  const names = /^\{(.*)\}$/s
    .exec(bindings)?.[1]
    ?.split(',')
    .map((name) => name.trim()) ?? [''];
  return (
    names.filter((name) => name !== '').every((name) => name.startsWith('type ')) && names[0] !== ''
  );
}

/** The innermost room that a file lies in. */
function roomOf(file: string): string {
  const around = Object.keys(rooms).filter((room) => file.startsWith(`${room}/`));
  return around.reduce((inner, room) => (room.length > inner.length ? room : inner), '');
}

/** The files and libraries that are loaded with a file, by chains of such imports; the file is one. */
function loadedWith(file: string, kinds: readonly Import['kind'][]): string[] {
  const loaded = new Set([file]);
  for (const each of loaded) {
    for (const { from, what, kind } of imports) {
      if (from === each && kinds.includes(kind)) loaded.add(what);
    }
  }
  return [...loaded];
}

/** What is reached from itself. */
function circlesIn(next: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...next.keys()].filter((start) => {
    const reached = new Set(next.get(start));
    for (const each of reached) for (const further of next.get(each) ?? []) reached.add(further);
    return reached.has(start);
  });
}

const inWords = ({ from, what, kind }: Import) => `${from} imports ${what} (${kind})`;

describe('the rooms of the house', () => {
  test('hold every file, and each import is seen', () => {
    expect(files.filter((file) => roomOf(file) === '')).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
    expect(imports.map(inWords)).toEqual(
      expect.arrayContaining([
        'src/engine/onnx/trainer.ts imports src/network/config.ts (types)',
        'src/engine/onnx/trainer.ts imports src/network/optimizer.ts (code)',
        'src/engine/onnx/trainer.ts imports src/engine/engine.ts (types)',
        'src/network/cells/lstm.ts imports src/graph/operations.ts (code)',
        'src/cli/engines.ts imports src/engine/onnx/engine.ts (later)',
        'data/bible.ts imports kjv (later)',
      ]),
    );
  });

  test('import only whom they may', () => {
    const wrong = imports.filter(({ from, what, isOurs, kind }) => {
      const [here, there] = [roomOf(from), roomOf(what)];
      if (!isOurs || forAll.includes(what) || here === there) return false;
      const { uses = [], knows = [] } = rooms[here] ?? {};
      return !(uses.includes(there) || (kind === 'types' && knows.includes(there)));
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('use each other in one direction, the types too', () => {
    const next = new Map<string, Set<string>>();
    for (const { from, what, isOurs } of imports) {
      const [here, there] = [roomOf(from), roomOf(what)];
      if (isOurs && here !== there && what !== 'src/errors.ts') {
        next.set(here, (next.get(here) ?? new Set()).add(there));
      }
    }
    expect(circlesIn(next)).toEqual([]);
  });

  test('have no files that import each other in a circle, their types neither', () => {
    const next = new Map<string, Set<string>>();
    for (const { from, what, isOurs } of imports) {
      if (isOurs) {
        next.set(from, (next.get(from) ?? new Set()).add(what));
      }
    }
    expect(circlesIn(next)).toEqual([]);
  });

  test('have their outside libraries to themselves', () => {
    const wrong = imports.filter(
      ({ from, what, isOurs }) =>
        !isOurs && what !== 'zod' && !rooms[roomOf(from)]?.libraries?.includes(what),
    );
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('let the command line load the dashboard, the bot and an engine only when they are asked for', () => {
    const early = ['main', 'program', 'commands'].flatMap((file) =>
      loadedWith(`src/cli/${file}.ts`, ['code']),
    );
    expect(early).toContain('src/cli/commands.ts');
    expect(early.filter((what) => /^(tui|bot)\/|^onnxruntime-node$/.test(what))).toEqual([]);
  });

  test('keep the engine, which blocks its thread, away from screens and the bot', () => {
    const loadsEngine = (file: string) =>
      loadedWith(file, ['code', 'later']).includes('onnxruntime-node');
    expect(loadsEngine('src/index.ts')).toBe(true);
    // What is named so is started in a thread or a process of its own.
    const shared = files.filter(
      (file) => /^(tui|bot)\//.test(file) && !/-(thread|process)\.ts$/.test(file),
    );
    expect(shared.filter(loadsEngine)).toEqual([]);
  });
});

test('each library that is installed has its reason in CONTRIBUTING.md', () => {
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const rows = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
    .split('## Why each dependency')[1]
    ?.matchAll(/^\| ([^|]*?)(?: \(.*\))? \| \S/gm);
  const named = [...(rows ?? [])].flatMap(([, names = '']) => names.split(', '));
  expect(named.filter((name) => name !== 'package').sort()).toEqual(
    Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).sort(),
  );
});
