/** Texts, runs and all that belongs to them. Times are milliseconds since 1970, `elapsed` is seconds. */
export const training = `
CREATE TABLE corpora (
  name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  piece TEXT NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  characters INTEGER NOT NULL,
  added INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;

-- AUTOINCREMENT: the number of a deleted run is never given again.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  corpus TEXT NOT NULL,
  origin TEXT NOT NULL,
  parent INTEGER REFERENCES runs ON DELETE SET NULL,
  network TEXT NOT NULL,
  settings TEXT,
  machine TEXT,
  vocabulary TEXT NOT NULL,
  parameters INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  steps INTEGER NOT NULL DEFAULT 0,
  passes REAL NOT NULL DEFAULT 0,
  elapsed REAL NOT NULL DEFAULT 0,
  bitsPerCharacter REAL,
  charactersPerSecond REAL,
  bestStep INTEGER,
  bestBitsPerCharacter REAL
) STRICT;
CREATE INDEX runsOfCorpus ON runs (corpus);
CREATE INDEX runsOfParent ON runs (parent) WHERE parent IS NOT NULL;

CREATE TABLE heartbeats (
  name TEXT PRIMARY KEY,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  token TEXT NOT NULL,
  at INTEGER NOT NULL,
  info TEXT NOT NULL
) STRICT;

CREATE TABLE steps (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  step INTEGER NOT NULL,
  passes REAL NOT NULL,
  elapsed REAL NOT NULL,
  bitsPerCharacter REAL NOT NULL,
  gradientNorm REAL NOT NULL,
  learningRate REAL NOT NULL,
  charactersPerSecond REAL NOT NULL,
  PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;

-- Each 64 steps summed up, so that a chart of a long run reads few rows.
CREATE TABLE blocks (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  block INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  step INTEGER NOT NULL,
  passes REAL NOT NULL,
  elapsed REAL NOT NULL,
  bitsPerCharacterMin REAL NOT NULL,
  bitsPerCharacter REAL NOT NULL,
  bitsPerCharacterMax REAL NOT NULL,
  gradientNormMin REAL NOT NULL,
  gradientNorm REAL NOT NULL,
  gradientNormMax REAL NOT NULL,
  learningRate REAL NOT NULL,
  charactersPerSecond REAL NOT NULL,
  PRIMARY KEY (run, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluations (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  step INTEGER NOT NULL,
  passes REAL NOT NULL,
  elapsed REAL NOT NULL,
  bitsPerCharacter REAL NOT NULL,
  PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE samples (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  step INTEGER NOT NULL,
  seed TEXT NOT NULL,
  text TEXT NOT NULL,
  temperature REAL NOT NULL,
  bitsPerCharacter REAL,
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX samplesOfRun ON samples (run, step);

CREATE TABLE checkpoints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  bitsPerCharacter REAL,
  created INTEGER NOT NULL,
  progress TEXT
) STRICT;
CREATE INDEX checkpointsOfRun ON checkpoints (run, kind, step);

CREATE TABLE tensors (
  checkpoint INTEGER NOT NULL REFERENCES checkpoints ON DELETE CASCADE,
  part TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  shape TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (checkpoint, part, place)
) STRICT;

CREATE TABLE commands (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  command TEXT NOT NULL,
  sent INTEGER NOT NULL,
  taken INTEGER
) STRICT;
CREATE INDEX commandsOfRun ON commands (run, taken, id);

-- A corpus without a row here is served by its latest run; one without a run, by its best.
CREATE TABLE serving (
  corpus TEXT PRIMARY KEY,
  run INTEGER REFERENCES runs ON DELETE CASCADE
) STRICT;
CREATE INDEX servingOfRun ON serving (run);
`;
