/** Whose servers a store keeps, since when it has lost one, and the buttons under a daily post. */
export const applications = `
-- The Discord application that the bot of this store is; one row at the most.
CREATE TABLE application (
  id TEXT PRIMARY KEY
) STRICT;

-- gone: since when the bot is not in the server any more; its rows are deleted some days later.
ALTER TABLE guilds ADD COLUMN gone INTEGER;

-- JSON: [{ id, label, style }].
ALTER TABLE posts ADD COLUMN buttons TEXT;
`;
