/** What a server wants of the bot; a server without a row has what is usual. */
export const settings = `
-- texts, words: JSON lists; texts none for all of them. cooldown: seconds. filtered: 0 or 1.
CREATE TABLE settings (
  guild TEXT PRIMARY KEY REFERENCES guilds ON DELETE CASCADE,
  language TEXT NOT NULL,
  texts TEXT,
  cooldown INTEGER NOT NULL,
  filtered INTEGER NOT NULL,
  words TEXT NOT NULL,
  sign TEXT NOT NULL
) STRICT;
`;
