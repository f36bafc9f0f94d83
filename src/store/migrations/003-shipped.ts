/** The models that came with the program and were taken in once: one that is deleted stays away. */
export const shipped = `
CREATE TABLE shipped (
  file TEXT PRIMARY KEY,
  taken INTEGER NOT NULL
) STRICT;
`;
