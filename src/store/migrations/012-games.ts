/** Rounds of "Real or invented?", who chose what in them, and the scores of a server. */
export const games = `
-- place: the real passage, by its number in the corpus; realFirst: whether it stands first. network, run: what invented
-- the other. Kept for as long as the texts that are asked for.
CREATE TABLE rounds (
  id TEXT PRIMARY KEY,
  guild TEXT REFERENCES guilds ON DELETE CASCADE,
  channel TEXT NOT NULL,
  asker TEXT NOT NULL,
  locale TEXT NOT NULL,
  corpus TEXT NOT NULL,
  place INTEGER NOT NULL,
  real TEXT NOT NULL,
  invented TEXT NOT NULL,
  realFirst INTEGER NOT NULL,
  realBits REAL NOT NULL,
  inventedBits REAL NOT NULL,
  network TEXT NOT NULL,
  run INTEGER NOT NULL,
  created INTEGER NOT NULL,
  ends INTEGER NOT NULL
) STRICT;
CREATE INDEX roundsByAge ON rounds (created);
CREATE INDEX roundsOfGuild ON rounds (guild) WHERE guild IS NOT NULL;

CREATE TABLE votes (
  round TEXT NOT NULL REFERENCES rounds ON DELETE CASCADE,
  player TEXT NOT NULL,
  choice INTEGER NOT NULL,
  PRIMARY KEY (round, player)
) STRICT, WITHOUT ROWID;
CREATE INDEX votesOfPlayer ON votes (player);

-- They outlive the rounds: how many a player has chosen in, and in how many the real one.
CREATE TABLE scores (
  guild TEXT NOT NULL REFERENCES guilds ON DELETE CASCADE,
  player TEXT NOT NULL,
  played INTEGER NOT NULL,
  won INTEGER NOT NULL,
  PRIMARY KEY (guild, player)
) STRICT, WITHOUT ROWID;
CREATE INDEX scoresOfPlayer ON scores (player);
`;
