import { readFileSync, globSync } from 'node:fs';
import { assemble } from './bot/assemble.ts';
import { whoseIs } from './bot/commands/whose.ts';
import { realClock } from './bot/core/clock.ts';
import { usualAllowances } from './bot/core/cooldowns.ts';
import { wordsFor } from './bot/words/words.ts';
import { openCorpus } from './src/run/corpora.ts';
import { splitCorpus } from './src/text/split.ts';
import { Random } from './src/text/random.ts';
const random = Random.seeded(5, 'verdict');
const a = await assemble({ databasePath: '/tmp/h20/verdict.db', threads: 1, allowances: usualAllowances, poster: () => { throw new Error(); }, scheduleChanged() {}, clock: realClock, random: Math.random, log: { info() {}, warn: console.error, error: console.error } });
const { store } = a.services;
function cuts(text: string, count: number): string[] {
  const starts = [...text.matchAll(/(?<=[.?!:]\s|\n)(?=[A-Z])/g)].map((m) => m.index);
  return Array.from({ length: count }, () => {
    const start = starts[random.below(starts.length)] ?? 0;
    const length = [20, 30, 50, 75, 100, 150, 200, 300][random.below(8)] ?? 100;
    return text.slice(start, start + length).replace(/\s\S*$/, '').replace(/\s+/g, ' ').replace(/\b[A-Z][\w' ]* \d+:\d+ /g, '').trim();
  }).filter((t) => t.length >= 15);
}
const parts = async (name: string) => { const p = splitCorpus(await openCorpus(store, name), 'units'); return `${p.validation}\n${p.test}`; };
const modern = globSync('node_modules/{zod,fast-check,commander,pino,discord.js,ink,react,vitest,better-sqlite3,dotenv,ws,undici}/**/*.md').slice(0, 60).map((f) => readFileSync(f, 'utf8')).flatMap((t) => t.split('\n')).filter((l) => /^[A-Z][a-z].*[a-z]\.$/.test(l) && !/[`|<\[\]{}*_]/.test(l) && l.length > 60).join('\n');
console.log('modern characters', modern.length);
for (const [what, text, count] of [['bible', await parts('bible'), 150], ['plato', await parts('plato'), 150], ['modern', modern, 100]] as const) {
  const seen: Record<string, number> = {};
  for (const cut of cuts(text, count)) {
    const { text: said } = await whoseIs(cut, wordsFor('en'), a.services);
    const first = said.split('\n')[0] ?? '';
    const key = /Hard/.test(first) ? 'hard' : /neither/.test(first) ? 'neither' : /Bible/.test(first) ? 'Bible' : 'Plato';
    const size = cut.length < 40 ? 'short' : 'long';
    seen[`${size} ${key}`] = (seen[`${size} ${key}`] ?? 0) + 1;
  }
  console.log(what, JSON.stringify(seen));
}
await a.close();
