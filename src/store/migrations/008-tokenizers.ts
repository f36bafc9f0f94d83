/** The `tokenizer.json` of a run that reads subwords; a run without one reads characters. */
export const tokenizers = `
CREATE TABLE tokenizers (
  run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
  json TEXT NOT NULL
) STRICT;
`;
