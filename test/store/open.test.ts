import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addCorpus, findCorpus, listCorpora } from '../../src/store/corpora.ts';
import { Store } from '../../src/store/database.ts';
import { explain, StoreBusy } from '../../src/store/failures.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { databasePath } from '../../src/store/path.ts';
import { processesHere } from '../../src/store/processes.ts';
import { meddle, temporaryDirectory, temporaryStore } from './temporary.ts';

const text = (length: number) => ({
  name: 'mine',
  title: 'Mine',
  passageKind: 'paragraph' as const,
  heldOutGroups: null,
  source: 'mine.txt',
  sha256: 'ab',
  characters: length,
  text: 'x'.repeat(length),
});

test('the path is what ESCRIBA_DB says, else inside a clone, else with the data of the user', () => {
  const root = temporaryDirectory();
  expect(databasePath({ ESCRIBA_DB: '/elsewhere/my.db' }, root)).toBe('/elsewhere/my.db');
  expect(databasePath({}, root)).toMatch(/escriba.*[/\\]escriba\.db$/);
  expect(databasePath({}, root)).not.toContain(root);
  mkdirSync(join(root, '.git'));
  expect(databasePath({ ESCRIBA_DB: '' }, root)).toBe(join(root, 'data', 'escriba.db'));
});

test('what one process writes, another reads, and may watch without being able to write', () => {
  const path = join(temporaryDirectory(), 'deep', 'down', 'escriba.db');
  const writer = temporaryStore({}, path);
  const watcher = temporaryStore({ readonly: true }, path);
  const before = watcher.dataVersion();
  addCorpus(writer, text(10), 0);
  expect(watcher.dataVersion()).not.toBe(before);
  expect(listCorpora(watcher)).toHaveLength(1);
  expect(() => addCorpus(watcher, { ...text(10), name: 'other' }, 0)).toThrow(
    /cannot be written to/,
  );
});

/** The bytes of a file; nothing for a directory. */
const contents = (path: string) => statSync(path).isFile() && readFileSync(path);

describe('what cannot be opened is refused with what to do', () => {
  const refusals: Record<string, [RegExp, (path: string) => void]> = {
    'a directory': [/it is a folder/, (path) => mkdirSync(path)],
    'another file': [/is not a SQLite database/, (path) => writeFileSync(path, 'Dear diary, ...')],
    "another program's": [/of another program/, (path) => meddle(path, 'CREATE TABLE photos (x)')],
    'a newer store': [
      /made by a newer version.*its version is 1000/,
      (path) => {
        openStore(path).close();
        meddle(path, 'PRAGMA user_version = 1000');
      },
    ],
    'a damaged store': [
      /is damaged/,
      (path) => {
        openStore(path).close();
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0xff, 100, 4096));
      },
    ],
  };
  for (const [name, [message, make]] of Object.entries(refusals)) {
    test(name, () => {
      const path = join(temporaryDirectory(), 'escriba.db');
      make(path);
      const before = contents(path);
      expect(() => openStore(path)).toThrow(
        expect.objectContaining({
          message: expect.stringMatching(message),
          remedy: expect.stringMatching(/\S/),
        }),
      );
      expect(contents(path)).toEqual(before);
    });
  }

  test('a place where no directory can be made', () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(() => openStore(join(file, 'escriba.db'))).toThrow(/cannot be created/);
  });

  test('nothing, for one who only watches', () => {
    const path = join(temporaryDirectory(), 'escriba.db');
    expect(() => openStore(path, { readonly: true })).toThrow(/no store at .* yet/);
  });

  test('an older store, for one who only watches', () => {
    const path = join(temporaryDirectory(), 'escriba.db');
    openStore(path).close();
    meddle(path, 'PRAGMA user_version = 0');
    expect(() => openStore(path, { readonly: true })).toThrow(/older version/);
  });
});

test('a full disk is said, and what was being written was not, not even in part', () => {
  const path = join(temporaryDirectory(), 'escriba.db');
  openStore(path).close();
  const database = new Database(path);
  onTestFinished(() => {
    database.close();
  });
  database.pragma('max_page_count = 60');
  const store = new Store(database, path, processesHere);
  addCorpus(store, text(1000), 0);
  expect(() =>
    store.transaction(() => {
      addCorpus(store, { ...text(10), name: 'second' }, 0);
      addCorpus(store, { ...text(1_000_000), name: 'third' }, 0);
    }),
  ).toThrow(/disk is full/);
  expect(listCorpora(store).map((corpus) => corpus.name)).toEqual(['mine']);
  expect(findCorpus(store, 'mine')?.text).toHaveLength(1000);
});

test('who will not wait for a writer is told at once that the store is busy, and may try again', () => {
  const path = join(temporaryDirectory(), 'escriba.db');
  const hasty = temporaryStore({ busyTimeout: 0 }, path);
  const writer = temporaryStore({}, path);
  writer.transaction(() => {
    expect(() => addCorpus(hasty, text(10), 0)).toThrow(StoreBusy);
    expect(listCorpora(hasty)).toEqual([]);
  });
  addCorpus(hasty, text(10), 0);
  expect(listCorpora(hasty)).toHaveLength(1);
});

test('opening writes nothing, so that it needs no turn among those who write', () => {
  const path = join(temporaryDirectory(), 'escriba.db');
  const writer = temporaryStore({}, path);
  writer.transaction(() => {
    for (const readonly of [false, true]) {
      expect(listCorpora(temporaryStore({ busyTimeout: 0, readonly }, path))).toEqual([]);
    }
  });
});

test('a store in a folder that cannot be written to is read', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'escriba.db');
  const store = openStore(path);
  addCorpus(store, text(10), 0);
  store.close();
  chmodSync(path, 0o444);
  chmodSync(directory, 0o555);
  onTestFinished(() => chmodSync(directory, 0o755));
  const code = `
    const { openStore } = await import(process.argv[1]);
    const { listCorpora } = await import(process.argv[2]);
    console.log(listCorpora(openStore(process.argv[3], { readonly: true })).length);
    try { openStore(process.argv[3]).transaction(() => {}); } catch (error) { console.log(error.message); }
  `;
  const modules = ['open', 'corpora'].map((name) =>
    fileURLToPath(new URL(`../../src/store/${name}.ts`, import.meta.url)),
  );
  // For the superuser nothing is read-only: it looks as somebody else.
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const words = ['--no-warnings', '--input-type=module', '-e', code, ...modules, path];
  const { stdout } = spawnSync(process.execPath, words, { ...nobody, encoding: 'utf8' });
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    '1',
    expect.stringMatching(/cannot be (opened|written to)/),
  ]);
  expect(readdirSync(directory)).toEqual(['escriba.db']);
});

test('a file system without locks is said to be one', () => {
  for (const code of ['SQLITE_PROTOCOL', 'SQLITE_IOERR_LOCK', 'SQLITE_IOERR_SHMLOCK']) {
    expect(explain(new Database.SqliteError('locking protocol', code), '/net/e.db')).toMatchObject({
      message: expect.stringContaining('does not lock files the way SQLite needs'),
      remedy: expect.stringContaining('on a disk of this machine'),
    });
  }
});

test('a store that was deleted or replaced while it was open is noticed', () => {
  const path = join(temporaryDirectory(), 'escriba.db');
  const store = temporaryStore({}, path);
  store.mustBeInPlace();
  rmSync(path);
  expect(() => store.mustBeInPlace()).toThrow(/was deleted while it was in use/);
  writeFileSync(path, '');
  expect(() => store.mustBeInPlace()).toThrow(/was replaced by another file/);
});

describe('migrations', () => {
  const first = 'CREATE TABLE a (x); INSERT INTO a VALUES (1);';
  const second = 'ALTER TABLE a ADD COLUMN y DEFAULT 2;';

  test('bring an older file up to date and keep what it holds', () => {
    const database = new Database(':memory:');
    migrate(database, 'test', [first]);
    migrate(database, 'test', [first, second]);
    migrate(database, 'test', [first, second]);
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: 2 }]);
  });

  test('leave the file as it was where one of them fails', () => {
    const database = new Database(':memory:');
    migrate(database, 'test', [first]);
    expect(() => migrate(database, 'test', [first, second, 'CREATE TABLE a (z)'])).toThrow(
      /already exists/,
    );
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }]);
    expect(database.pragma('user_version', { simple: true })).toBe(1);
  });
});

test.skipIf(process.platform === 'win32')(
  'a new store is for its user alone, its folder too',
  () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'new', 'escriba.db');
    openStore(path).close();
    const modes = [path, join(directory, 'new')].map((each) => statSync(each).mode & 0o777);
    expect(modes).toEqual([0o600, 0o700]);
  },
);
