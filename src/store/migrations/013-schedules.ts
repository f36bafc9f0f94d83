/** Several schedules a server, each with its days, how a post looks, whom it mentions; and what a post carries. */
export const schedules = `
-- number: of the server's schedules. days: one bit for each day of the week, Monday's is 1. look: text or card.
-- role: the one that is mentioned. publish: 1 where an announcement channel's followers get it too.
CREATE TABLE severalSchedules (
  guild TEXT NOT NULL REFERENCES guilds ON DELETE CASCADE,
  number INTEGER NOT NULL,
  channel TEXT NOT NULL,
  time TEXT NOT NULL,
  zone TEXT NOT NULL,
  days INTEGER NOT NULL,
  book TEXT NOT NULL,
  kind TEXT NOT NULL,
  look TEXT NOT NULL,
  role TEXT,
  publish INTEGER NOT NULL,
  locale TEXT NOT NULL,
  setBy TEXT NOT NULL,
  paused TEXT,
  refusals INTEGER NOT NULL DEFAULT 0,
  day TEXT NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (guild, number)
) STRICT, WITHOUT ROWID;
INSERT INTO severalSchedules
  SELECT guild, 1, channel, time, zone, 127, book, kind, 'text', NULL, 0, locale, setBy, paused, refusals, day, due
  FROM schedules;
DROP TABLE schedules;
ALTER TABLE severalSchedules RENAME TO schedules;
CREATE INDEX dueSchedules ON schedules (due) WHERE paused IS NULL;

-- title: of the thread that it begins in a forum. card: JSON, what its picture shows. thread: where it was posted,
-- if not in the channel itself.
CREATE TABLE numberedPosts (
  guild TEXT NOT NULL REFERENCES guilds ON DELETE CASCADE,
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  channel TEXT NOT NULL,
  due INTEGER NOT NULL,
  state TEXT NOT NULL,
  text TEXT,
  buttons TEXT,
  title TEXT,
  role TEXT,
  card TEXT,
  publish INTEGER NOT NULL DEFAULT 0,
  nonce TEXT,
  claimed INTEGER,
  settled INTEGER,
  message TEXT,
  thread TEXT,
  reason TEXT,
  detail TEXT,
  PRIMARY KEY (guild, number, day)
) STRICT, WITHOUT ROWID;
INSERT INTO numberedPosts
  (guild, number, day, channel, due, state, text, buttons, nonce, claimed, settled, message, reason, detail)
  SELECT guild, 1, day, channel, due, state, text, buttons, nonce, claimed, settled, message, reason, detail
  FROM posts;
DROP TABLE posts;
ALTER TABLE numberedPosts RENAME TO posts;
CREATE INDEX openPosts ON posts (claimed) WHERE state = 'claimed';
CREATE INDEX postsByAge ON posts (due);
`;
