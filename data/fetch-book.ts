import { setTimeout as wait } from 'node:timers/promises';
import { BadInput, EscribaError } from '../src/errors.ts';
import type { Corpus } from '../src/text/corpus.ts';
import type { DownloadedBook } from './book.ts';
import { decodeText } from './decode-text.ts';
import { sha256Of } from './plain-text.ts';
import { RefusedByServer, receive } from './receive.ts';

/** A book, and the very bytes it was made from. */
export interface ObtainedBook {
  readonly corpus: Corpus;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** What a download reports: bytes received so far, an address that failed, and the wait before the next round. */
export type FetchProgress =
  | {
      readonly type: 'received';
      readonly url: string;
      readonly bytes: number;
      /** Bytes of the whole file, where the server names them. */
      readonly total: number | undefined;
    }
  | { readonly type: 'failed'; readonly url: string; readonly reason: string }
  | { readonly type: 'waiting'; readonly milliseconds: number };

export interface FetchOptions {
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** Aborting it ends the download. */
  readonly signal?: AbortSignal;
  /** How long a server may send nothing before it is given up. */
  readonly silenceMilliseconds?: number;
  readonly onProgress?: (progress: FetchProgress) => void;
}

/** Before the first, second and third round over the addresses. */
const waits = [0, 1_000, 4_000];

/** Downloads a book. @throws EscribaError that names what went wrong with each address */
export async function fetchBook(
  book: DownloadedBook,
  options: FetchOptions = {},
): Promise<ObtainedBook & { readonly url: string }> {
  const accept = (bytes: Uint8Array) => bookFromBytes(book, bytes);
  const { value, url } = await fetchFile(
    book.urls,
    accept,
    (reasons) =>
      new EscribaError(
        `${book.titles.en} could not be fetched (${reasons}).`,
        `Try again later, or save ${book.urls[0]} with a browser and run: escriba corpus fetch ${book.name} --file FILE.`,
      ),
    options,
  );
  return { ...value, url };
}

/**
 * Downloads a file: tries its addresses in turn, in three rounds with a wait between, and keeps out of the later
 * rounds an address whose answer will not change (no such file, another text).
 *
 * @param accept makes of the bytes what is wanted; what it throws counts as a failure of that address
 */
export async function fetchFile<Value>(
  addresses: readonly string[],
  accept: (bytes: Uint8Array) => Value,
  failure: (reasons: string) => EscribaError,
  options: FetchOptions = {},
): Promise<{ readonly value: Value; readonly url: string }> {
  const {
    fetch = globalThis.fetch,
    sleep = (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
    signal = new AbortController().signal,
    silenceMilliseconds = 30_000,
    onProgress = () => {},
  } = options;
  const reasons = new Map<string, string>();
  const hopeless = new Set<string>();
  for (const milliseconds of waits) {
    const urls = addresses.filter((url) => !hopeless.has(url));
    if (urls.length === 0) break;
    if (milliseconds > 0) {
      onProgress({ type: 'waiting', milliseconds });
      await sleep(milliseconds, signal);
    }
    for (const url of urls) {
      try {
        const bytes = await receive(url, {
          fetch,
          signal,
          silenceMilliseconds,
          onReceived: (received, total) =>
            onProgress({ type: 'received', url, bytes: received, total }),
        });
        return { value: accept(bytes), url };
      } catch (error) {
        signal.throwIfAborted();
        const reason = reasonOf(error);
        reasons.set(url, reason);
        if (isLasting(error)) hopeless.add(url);
        onProgress({ type: 'failed', url, reason });
      }
    }
  }
  throw failure(
    Array.from(reasons, ([url, reason]) => `${new URL(url).host}: ${reason}`).join('; '),
  );
}

/** A book from a file's bytes. @throws BadInput if they are not the whole of this book. */
export function bookFromBytes(book: DownloadedBook, bytes: Uint8Array): ObtainedBook {
  return { corpus: book.corpusFrom(decodeText(bytes)), bytes, sha256: sha256Of(bytes) };
}

function isLasting(error: unknown): boolean {
  return error instanceof BadInput || (error instanceof RefusedByServer && !error.passing);
}

/** What a person can read: `fetch` says "fetch failed" or "terminated", and its cause says why. */
function reasonOf(error: unknown): string {
  if (error instanceof TypeError && error.cause !== undefined) return reasonOf(error.cause);
  // A host with several addresses fails with an error for each of them and no message of its own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
