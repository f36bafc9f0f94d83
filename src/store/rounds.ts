import { z } from 'zod';
import type { Store } from './database.ts';
import { noteGuild } from './guilds.ts';
import { parseRow } from './rows.ts';

/** A round of "Real or invented?": a real passage and an invented one, of which people choose. */
export interface Round {
  /** Unique; its buttons name it. */
  readonly id: string;
  /** The server, with which it goes; null in private messages, and in a server that has not installed the bot. */
  readonly guild: string | null;
  readonly channel: string;
  readonly asker: string;
  /** The language that its message is in. */
  readonly locale: string;
  readonly corpus: string;
  /** The real passage, by its number in the corpus. */
  readonly place: number;
  readonly real: string;
  readonly invented: string;
  /** Whether the real one stands first. */
  readonly realFirst: boolean;
  /** How much each surprises the network, in bits per character. */
  readonly realBits: number;
  readonly inventedBits: number;
  /** What invented the other one, in words, and its run. */
  readonly network: string;
  readonly run: number;
  /** Milliseconds since 1970, like when its answer is told. */
  readonly created: number;
  readonly ends: number;
}

/** What somebody took for real: the first or the second. */
export type Choice = 1 | 2;

export interface Vote {
  readonly player: string;
  readonly choice: Choice;
}

export interface Score {
  readonly player: string;
  readonly played: number;
  readonly won: number;
}

const roundSchema = z.object({
  id: z.string(),
  guild: z.string().nullable(),
  channel: z.string(),
  asker: z.string(),
  locale: z.string(),
  corpus: z.string(),
  place: z.int(),
  real: z.string(),
  invented: z.string(),
  realFirst: z.int().transform(Boolean),
  realBits: z.number(),
  inventedBits: z.number(),
  network: z.string(),
  run: z.int(),
  created: z.int(),
  ends: z.int(),
}) satisfies z.ZodType<Round>;
const voteSchema = z.object({ player: z.string(), choice: z.union([z.literal(1), z.literal(2)]) });
const scoreSchema = z.object({ player: z.string(), played: z.int(), won: z.int() });

/** Keeps a round, and the server as known where it has one. */
export function recordRound(store: Store, round: Round): void {
  store.transaction(() => {
    if (round.guild !== null) noteGuild(store, round.guild, round.created);
    store.write(
      `INSERT INTO rounds VALUES (@id, @guild, @channel, @asker, @locale, @corpus, @place, @real, @invented,
         @realFirst, @realBits, @inventedBits, @network, @run, @created, @ends)`,
      { ...round, realFirst: Number(round.realFirst) },
    );
  });
}

/** A round by its id, undefined once it is forgotten. @throws EscribaError where its row is damaged */
export function findRound(store: Store, id: string): Round | undefined {
  const row = store.row('SELECT * FROM rounds WHERE id = @id', { id });
  return row === undefined ? undefined : parseRow(roundSchema, row, 'A round');
}

/**
 * Keeps what somebody chose, and counts it in the scores of the round's server.
 *
 * @returns what they had chosen before, which stays; null where this is their choice
 */
export function recordVote(store: Store, round: Round, { player, choice }: Vote): Choice | null {
  return store.transaction(() => {
    const before = store.row(
      'SELECT player, choice FROM votes WHERE round = @round AND player = @player',
      { round: round.id, player },
    );
    if (before !== undefined) return parseRow(voteSchema, before, 'A vote').choice;
    store.write('INSERT INTO votes VALUES (@round, @player, @choice)', {
      round: round.id,
      player,
      choice,
    });
    if (round.guild !== null) {
      store.write(
        `INSERT INTO scores VALUES (@guild, @player, 1, @won)
           ON CONFLICT DO UPDATE SET played = played + 1, won = won + @won`,
        { guild: round.guild, player, won: Number(choice === realChoice(round)) },
      );
    }
    return null;
  });
}

/** Which of the two is real. */
export function realChoice({ realFirst }: Pick<Round, 'realFirst'>): Choice {
  return realFirst ? 1 : 2;
}

/** What was chosen in a round. */
export function listVotes(store: Store, round: string): Vote[] {
  return store
    .rows('SELECT player, choice FROM votes WHERE round = @round ORDER BY player', { round })
    .map((row) => parseRow(voteSchema, row, 'A vote'));
}

/** The real passages of a corpus that a channel has seen, by their numbers. */
export function placesPlayed(store: Store, channel: string, corpus: string): number[] {
  return store
    .rows('SELECT place FROM rounds WHERE channel = @channel AND corpus = @corpus', {
      channel,
      corpus,
    })
    .map((row) => parseRow(z.object({ place: z.int() }), row, 'A round').place);
}

/** The scores of a server: who saw the most first. */
export function listScores(store: Store, guild: string): Score[] {
  return store
    .rows(
      `SELECT player, played, won FROM scores WHERE guild = @guild
         ORDER BY won DESC, played, player`,
      { guild },
    )
    .map((row) => parseRow(scoreSchema, row, 'A score'));
}

/** Deletes the rounds that were begun before a moment. */
export function forgetRoundsBefore(store: Store, moment: number): void {
  store.write('DELETE FROM rounds WHERE created < @moment', { moment });
}

/** What is kept of a player, as it is given out. */
export interface PlayerRecord {
  readonly rounds: readonly Round[];
  readonly votes: readonly { readonly round: string; readonly choice: Choice }[];
  readonly scores: readonly {
    readonly guild: string;
    readonly played: number;
    readonly won: number;
  }[];
}

/** The rounds that somebody began, what they chose, and their scores. */
export function recordOfPlayer(store: Store, player: string): PlayerRecord {
  const rows = (sql: string) => store.rows(sql, { player });
  return {
    rounds: rows('SELECT * FROM rounds WHERE asker = @player ORDER BY created, id').map((row) =>
      parseRow(roundSchema, row, 'A round'),
    ),
    votes: rows('SELECT round, choice FROM votes WHERE player = @player ORDER BY round').map(
      (row) =>
        parseRow(voteSchema.omit({ player: true }).extend({ round: z.string() }), row, 'A vote'),
    ),
    scores: rows('SELECT guild, played, won FROM scores WHERE player = @player ORDER BY guild').map(
      (row) =>
        parseRow(scoreSchema.omit({ player: true }).extend({ guild: z.string() }), row, 'A score'),
    ),
  };
}

/** Deletes all that is kept of a player. @returns how many rows there were */
export function forgetPlayer(store: Store, player: string): number {
  return store.transaction(() =>
    [
      'DELETE FROM votes WHERE player = @player',
      'DELETE FROM scores WHERE player = @player',
      'DELETE FROM rounds WHERE asker = @player',
    ]
      .map((sql) => store.write(sql, { player }).changes)
      .reduce((sum, changes) => sum + changes, 0),
  );
}
