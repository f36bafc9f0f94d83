import { maximumBytes } from './decode-text.ts';

export interface ReceiveOptions {
  readonly fetch: typeof fetch;
  /** Stops it: what is thrown then is the signal's reason. */
  readonly signal: AbortSignal;
  /** How long a server may send nothing before it is given up. */
  readonly silenceMilliseconds: number;
  /** Called as the body comes in; `total` where the server names it. */
  readonly onReceived: (bytes: number, total: number | undefined) => void;
}

/** The server answered, and what it answered is not the file. */
export class RefusedByServer extends Error {
  override readonly name = 'RefusedByServer';
  /** Whether the same question can have another answer soon. */
  readonly passing: boolean;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.passing = status >= 500 || status === 429 || status === 408;
  }
}

/**
 * The body of one GET, no more of it than it takes for `decodeText` to refuse one that is too large.
 *
 * @throws RefusedByServer on any status but success, an Error on a broken connection, a body cut short or silence.
 */
export async function receive(url: string, options: ReceiveOptions): Promise<Uint8Array> {
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(new Error(`nothing arrived for ${options.silenceMilliseconds / 1000} s`));
  }, options.silenceMilliseconds);
  try {
    const response = await options.fetch(url, {
      // Uncompressed, so that the length the server names is that of the file.
      headers: { 'accept-encoding': 'identity' },
      signal: AbortSignal.any([options.signal, silence.signal]),
    });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new RefusedByServer(response.status);
    }
    const named = response.headers.get('content-length');
    const total = named === null ? undefined : Number(named);
    const chunks: Uint8Array[] = [];
    let received = 0;
    for await (const chunk of response.body) {
      timer.refresh();
      chunks.push(chunk);
      received += chunk.length;
      options.onReceived(received, total);
      if (received > maximumBytes) break;
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}
