/** What the bot keeps of the servers it is in. Ids are Discord's, times milliseconds since 1970, days `2026-01-31`. */
export const bot = `
-- With a server's row, all that belongs to it goes.
CREATE TABLE guilds (
  id TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT;

-- day, due: the next day to post for, and when; paused: why nothing is posted, where it is not.
CREATE TABLE schedules (
  guild TEXT PRIMARY KEY REFERENCES guilds ON DELETE CASCADE,
  channel TEXT NOT NULL,
  time TEXT NOT NULL,
  zone TEXT NOT NULL,
  book TEXT NOT NULL,
  kind TEXT NOT NULL,
  locale TEXT NOT NULL,
  setBy TEXT NOT NULL,
  paused TEXT,
  refusals INTEGER NOT NULL DEFAULT 0,
  day TEXT NOT NULL,
  due INTEGER NOT NULL
) STRICT;
CREATE INDEX dueSchedules ON schedules (due) WHERE paused IS NULL;

-- One row for each day of a server that was posted for or skipped: it outlives the schedule, so that
-- one that is removed and set again does not post twice. claimed: since when the nonce is good.
CREATE TABLE posts (
  guild TEXT NOT NULL REFERENCES guilds ON DELETE CASCADE,
  day TEXT NOT NULL,
  channel TEXT NOT NULL,
  due INTEGER NOT NULL,
  state TEXT NOT NULL,
  text TEXT,
  nonce TEXT,
  claimed INTEGER,
  settled INTEGER,
  message TEXT,
  reason TEXT,
  detail TEXT,
  PRIMARY KEY (guild, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX openPosts ON posts (claimed) WHERE state = 'claimed';
CREATE INDEX postsByAge ON posts (due);

-- Texts that were asked for, for the buttons under them. run: the one that was chosen, none for what serves.
CREATE TABLE exchanges (
  id TEXT PRIMARY KEY,
  guild TEXT REFERENCES guilds ON DELETE CASCADE,
  channel TEXT NOT NULL,
  asker TEXT NOT NULL,
  corpus TEXT NOT NULL,
  run INTEGER,
  seed TEXT NOT NULL,
  continues INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  temperature REAL NOT NULL,
  text TEXT NOT NULL,
  whole INTEGER NOT NULL,
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX exchangesByAge ON exchanges (created);
CREATE INDEX exchangesOfGuild ON exchanges (guild) WHERE guild IS NOT NULL;
`;
