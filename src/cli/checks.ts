import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { books } from '../../data/books.ts';
import { howToGetPytorch } from '../engine/torch/python.ts';
import { BadInput, EscribaError } from '../errors.ts';
import type { NetworkConfig } from '../network/config.ts';
import { initialParameters } from '../network/parameters.ts';
import { modelsFolder } from '../run/home.ts';
import { networkAt } from '../run/models.ts';
import { programRoot } from '../run/program-root.ts';
import { unusableModels } from '../run/shipped-models.ts';
import { usualThreads } from '../run/usual-threads.ts';
import { listCorpora } from '../store/corpora.ts';
import type { Store } from '../store/database.ts';
import { listServing } from '../store/serving.ts';
import { findCard } from './card.ts';
import type { Cli } from './define-command.ts';
import { engineChoices, loadEngine } from './engines.ts';
import { count } from './format.ts';
import { describeModel } from './model.ts';
import { withStore } from './store.ts';

/** What was found of one thing that the program needs, or can use. */
export interface Check {
  readonly name: string;
  /** `missing`: the program works without it, and can do less. `unknown`: it could not be asked. */
  readonly state: 'fine' | 'missing' | 'unknown' | 'wrong';
  readonly found: string;
  readonly remedy?: string;
}

/** Looks at everything that the program needs or can use. */
export async function checkAll(cli: Cli): Promise<Check[]> {
  const checks: Check[] = [
    {
      name: 'node',
      state: 'fine',
      found: `${process.versions.node} on ${process.platform} ${process.arch}`,
    },
    {
      name: 'threads',
      state: 'fine',
      found: `${usualThreads}, of ${availableParallelism()} processors`,
    },
  ];
  for (const name of engineChoices) {
    const failed = name === 'onnx' ? 'wrong' : 'missing';
    checks.push(...(await attempt(`engine ${name}`, () => checkEngine(name), failed)));
  }
  checks.push(...(await attempt('graphics card', checkCard, 'missing')));
  checks.push(
    ...(await attempt('store', () => withStore(cli, async (store) => checkStore(store, cli)))),
  );
  checks.push(...(await attempt('token', () => checkToken(cli))));
  return checks;
}

/** @returns what is wrong, or missing where the program works without it, where looking failed */
async function attempt(
  name: string,
  look: () => Promise<Check[]>,
  failed: 'missing' | 'wrong' = 'wrong',
): Promise<Check[]> {
  try {
    return await look();
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const remedy = error instanceof EscribaError ? { remedy: error.remedy } : {};
    return [{ name, state: failed, found, ...remedy }];
  }
}

/** Loads an engine and takes a step of the smallest network with it. */
async function checkEngine(name: string): Promise<Check[]> {
  if (name === 'torch' && process.platform === 'darwin' && !process.env.ESCRIBA_PYTHON) {
    // The python3 of a Mac without developer tools opens a window that asks to install them.
    throw new EscribaError('ESCRIBA_PYTHON names no Python with PyTorch.', howToGetPytorch);
  }
  const config: NetworkConfig = {
    cell: 'lstm',
    vocabularySize: 2,
    embedding: 1,
    hidden: 8,
    layers: 1,
  };
  const weights = initialParameters(config, () => 0.5);
  const engine = await loadEngine(name);
  const stepper = await engine.stepper({ config, weights, threads: 1 });
  await stepper.step(Int32Array.of(0), undefined);
  await stepper.close();
  return [{ name: `engine ${name}`, state: 'fine', found: engine.about ?? engine.version }];
}

/** Has the graphics card compute a step of the smallest network. */
async function checkCard(): Promise<Check[]> {
  const { name, isSoftware } = await findCard();
  return [
    isSoftware
      ? {
          name: 'graphics card',
          state: 'missing',
          found: `none: ${name} computes on the processor`,
          remedy: 'If there is a card, install its driver.',
        }
      : { name: 'graphics card', state: 'fine', found: `${name}, for --device gpu` },
  ];
}

function checkStore(store: Store, { environment, now }: Cli): Check[] {
  // Takes the right to write, as any work would.
  store.transaction(() => {});
  const form = z.object({ quick_check: z.string() });
  const { quick_check: answer } = form.parse(store.row('PRAGMA quick_check(1)'));
  const bytes = statSync(store.path).size;
  const isSound = answer === 'ok';
  return [
    {
      name: 'store',
      state: isSound ? 'fine' : 'wrong',
      found: `${store.path}, ${count(bytes / 1e6)} MB${isSound ? '' : `: ${answer}`}`,
      ...(isSound
        ? {}
        : {
            remedy:
              'Restore it from a backup, or save what can be read with `sqlite3 FILE .recover`.',
          }),
    },
    ...checkTexts(store),
    ...checkModels(store, now()),
    ...checkModelFiles(store, modelsFolder(environment, programRoot())),
  ];
}

function checkTexts(store: Store): Check[] {
  const stored = listCorpora(store).map(({ name }) => name);
  const own = stored.filter((name) => !books.some((book) => book.name === name));
  return [
    ...books.map(({ name, titles, origin }): Check => {
      const isHere = origin === 'included' || stored.includes(name);
      return isHere
        ? { name: `text ${name}`, state: 'fine', found: titles.en }
        : {
            name: `text ${name}`,
            state: 'missing',
            found: `not fetched yet: ${titles.en}`,
            remedy: `escriba corpus fetch ${name}`,
          };
    }),
    ...own.map((name): Check => ({ name: `text ${name}`, state: 'fine', found: 'your own' })),
  ];
}

/** Reads what writes for each text, weight by weight. */
function checkModels(store: Store, now: number): Check[] {
  const serving = listServing(store);
  const found = serving.map(({ corpus, checkpoint }): Check => {
    const name = `model ${corpus}`;
    try {
      return { name, state: 'fine', found: describeModel(networkAt(store, checkpoint, now)) };
    } catch (error) {
      if (!(error instanceof EscribaError)) throw error;
      return { name, state: 'wrong', found: error.message, remedy: error.remedy };
    }
  });
  const untaught = books.filter(({ name }) => !serving.some(({ corpus }) => corpus === name));
  const missing = untaught.map(
    ({ name }): Check => ({
      name: `model ${name}`,
      state: 'missing',
      found: 'no network has learned it yet',
      remedy: `escriba train ${name}`,
    }),
  );
  return [...found, ...missing];
}

/** Files that are named as models are, and are none. */
function checkModelFiles(store: Store, folder: string | undefined): Check[] {
  return unusableModels(store, folder).map(({ path, problem }) => ({
    name: 'model file',
    state: 'missing',
    found: `${path} is ignored: ${problem.message}`,
    remedy: 'Download it again, or remove it from its folder.',
  }));
}

/** How long Discord is asked for whether it takes the token, in milliseconds. */
const discordWithin = 3_000;

/** Whose token Discord says it is. */
async function askDiscord(token: string, apiUrl: string | undefined): Promise<Check> {
  const { fetchApplication } = await import('../../bot/discord/application.ts');
  const { realClock } = await import('../../bot/core/clock.ts');
  const asked = {
    ...{ token, apiUrl: apiUrl || undefined, clock: realClock, within: 0 },
    signal: AbortSignal.timeout(discordWithin),
  };
  try {
    const { name } = await fetchApplication(asked);
    return { name: 'token', state: 'fine', found: `DISCORD_TOKEN is that of ${name}` };
  } catch (error) {
    if (!(error instanceof EscribaError)) throw error;
    if (error instanceof BadInput) {
      return { name: 'token', state: 'wrong', found: error.message, remedy: error.remedy };
    }
    const found = `DISCORD_TOKEN is set, and could not be checked. ${error.message}`;
    return { name: 'token', state: 'unknown', found, remedy: error.remedy };
  }
}

/** Whether there is a token, and how its bot is invited; the token itself, nobody is told. */
async function checkToken({ environment }: Cli): Promise<Check[]> {
  if (!environment.DISCORD_TOKEN && !environment.DISCORD_TOKEN_FILE) {
    return [
      {
        name: 'token',
        state: 'missing',
        found: 'DISCORD_TOKEN is not set: no Discord bot',
        remedy: 'Put it in the file .env, as .env.example shows.',
      },
    ];
  }
  const { findToken } = await import('../../bot/discord/token.ts');
  const token = findToken(environment);
  const [id = ''] = token.split('.');
  const checks: Check[] = [await askDiscord(token, environment.DISCORD_API_URL)];
  // A token begins with the number of its application.
  const application = Buffer.from(id, 'base64url').toString();
  if (/^\d{17,20}$/.test(application)) {
    const { invitationTo } = await import('../../bot/discord/invitation.ts');
    const found = invitationTo(application).server;
    checks.push({ name: 'invitation', state: 'fine', found });
  }
  return checks;
}
