import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type FetchProgress, fetchBook } from '../../data/fetch-book.ts';
import { plato } from '../../data/plato.ts';
import { newEdition } from './republic.ts';

const file = Buffer.from(newEdition);

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Answers each request with the next of the answers of its path, the last one again and again. */
async function serve(answers: Record<string, RequestListener[]>): Promise<string> {
  const rest = new Map(Object.entries(answers).map(([path, list]) => [path, [...list]]));
  const listening = createServer((request, response) => {
    const list = rest.get(request.url ?? '') ?? [];
    const answer = list.length > 1 ? list.shift() : list[0];
    answer?.(request, response);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

const status =
  (code: number): RequestListener =>
  (_, response) =>
    response.writeHead(code).end('no');
const send =
  (body: Uint8Array): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-length': body.length }).end(body);
const good = send(file);
/** The first half of what was promised, then the connection breaks. */
const killed: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': file.length });
  response.write(file.subarray(0, file.length / 2), () => response.destroy());
};
/** The first half, and then nothing more. */
const silent: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': file.length });
  response.write(file.subarray(0, file.length / 2));
};
/** The first half, and a proper end. */
const cutShort: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': file.length, connection: 'close' });
  response.end(file.subarray(0, file.length / 2));
};

/** Fetches from the paths `/source` and `/mirror`, and keeps what was reported. */
async function fetchFrom(answers: Record<string, RequestListener[]>, silenceMilliseconds = 30_000) {
  const base = await serve(answers);
  const urls = Object.keys(answers).map((path) => `${base}${path}`);
  const reports: FetchProgress[] = [];
  const slept: number[] = [];
  const outcome = fetchBook(
    { ...plato, urls },
    {
      sleep: async (milliseconds) => void slept.push(milliseconds),
      onProgress: (progress) => reports.push(progress),
      silenceMilliseconds,
    },
  );
  const [result] = await Promise.allSettled([outcome]);
  const failed = reports.filter((report) => report.type === 'failed');
  return {
    book: result.status === 'fulfilled' ? result.value : undefined,
    error: result.status === 'rejected' ? result.reason : undefined,
    received: reports.filter((report) => report.type === 'received'),
    failed: failed.map(({ url, reason }) => `${url.slice(base.length)} ${reason}`),
    slept,
    base,
  };
}

describe('fetchBook', () => {
  test('gives the book, the bytes as they came, their SHA-256 and where they came from', async () => {
    const { book, received, failed, base } = await fetchFrom({ '/source': [good] });
    expect(book?.corpus.text).toMatch(/^BOOK I\.\n\nI went down/);
    expect(book?.url).toBe(`${base}/source`);
    expect(book && Buffer.from(book.bytes).equals(file)).toBe(true);
    expect(book?.sha256).toBe(createHash('sha256').update(file).digest('hex'));
    expect(received.at(-1)).toMatchObject({ bytes: file.length, total: file.length });
    expect(failed).toEqual([]);
  });

  test('goes to the mirror where the source does not have it, and does not ask the source again', async () => {
    const { book, failed, slept, base } = await fetchFrom({
      '/source': [status(404)],
      '/mirror': [status(503), good],
    });
    expect(book?.url).toBe(`${base}/mirror`);
    expect(failed).toEqual(['/source HTTP 404', '/mirror HTTP 503']);
    expect(slept).toEqual([1_000]);
  });

  test.each([
    ['a server in trouble', status(503)],
    ['a killed download', killed],
    ['a body cut short', cutShort],
    ['a server that falls silent', silent],
  ])('tries again after %s', async (_, trouble) => {
    const { book, failed, slept } = await fetchFrom({ '/source': [trouble, trouble, good] }, 500);
    expect(book?.bytes).toHaveLength(file.length);
    expect(failed).toHaveLength(2);
    expect(slept).toEqual([1_000, 4_000]);
  });

  test('gives up after three rounds, and says what went wrong where and what to do', async () => {
    const { error, failed, base } = await fetchFrom({
      '/source': [status(500)],
      '/mirror': [status(429)],
    });
    expect(failed).toHaveLength(6);
    const { host } = new URL(base);
    expect(error.message).toBe(
      `Plato's Republic could not be fetched (${host}: HTTP 500; ${host}: HTTP 429).`,
    );
    expect(error.remedy).toContain('escriba corpus fetch plato --file FILE');
  });

  test('takes no other text for the book', async () => {
    const { error, failed, slept } = await fetchFrom({
      '/source': [send(Buffer.from('<html>Sign in to this network</html>'))],
      '/mirror': [send(file.subarray(0, file.length / 2))],
    });
    expect(failed.map((failure) => failure.split(' ')[0])).toEqual(['/source', '/mirror']);
    expect(error.message).toContain('not the whole of the Republic');
    expect(slept).toEqual([]);
  });

  test('says why no connection can be made', async () => {
    const base = await serve({});
    await new Promise((resolve) => server?.close(resolve));
    await expect(
      fetchBook({ ...plato, urls: [`${base}/source`] }, { sleep: async () => {} }),
    ).rejects.toThrow('ECONNREFUSED');
  });

  test.each([
    ['the body', silent, 'received'],
    ['a wait', status(500), 'waiting'],
  ])('ends when it is told to in the middle of %s', async (_, answer, moment) => {
    const stop = new AbortController();
    const base = await serve({ '/source': [answer] });
    const outcome = fetchBook(
      { ...plato, urls: [`${base}/source`] },
      { signal: stop.signal, onProgress: ({ type }) => type === moment && stop.abort() },
    );
    await expect(outcome).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
