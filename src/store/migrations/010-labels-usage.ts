/** What a person calls a run and keeps it for, and what its training takes of the machine. */
export const labelsAndUsage = `
ALTER TABLE runs ADD COLUMN name TEXT;
ALTER TABLE runs ADD COLUMN note TEXT;
ALTER TABLE runs ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;

-- processors: how many were busy since the row before; memory: bytes of the process.
CREATE TABLE usage (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  step INTEGER NOT NULL,
  elapsed REAL NOT NULL,
  processors REAL NOT NULL,
  memory INTEGER NOT NULL,
  PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;
`;
