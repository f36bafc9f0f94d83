/** The log of a training, in order. */
export const logs = `
CREATE TABLE logs (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  created INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX logsByRun ON logs (run, id);
`;
