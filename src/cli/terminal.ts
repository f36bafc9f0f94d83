import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { styleText } from 'node:util';
import { systemReason } from '../errors.ts';
import { escapeControl } from '../text/escape-control.ts';

type Style = Parameters<typeof styleText>[0];

/** How often a live line is drawn anew; where it cannot be, a line of its own is written. In milliseconds. */
const redrawEvery = 100;
const lineEvery = 5000;

/** Code units of a long result that are written at once. */
const pieceLength = 1 << 16;

/** Stands for the escape of our own styles until they are sent: no text from outside can have it. */
const ownEscape = randomUUID();

/**
 * The terminal, or the files that a command writes to: results go to standard output, all else to standard error. Each
 * has colours only where it is a terminal; NO_COLOR and FORCE_COLOR say otherwise.
 */
export class Terminal {
  readonly #stdout: NodeJS.WriteStream;
  readonly #stderr: NodeJS.WriteStream;
  readonly #monotonic: () => number;
  /** Whether a line can take another one's place there. */
  readonly #redraws: boolean;
  readonly #failed = new Set<NodeJS.WriteStream>();
  #live = '';
  #lived: number;
  /** What happens when nobody reads any more (`| head`): the process ends, and that is no failure unless there was one. */
  whenReaderLeaves: () => void = () => process.exit();
  /** What happens when output cannot be written, to a full disk or a terminal that was closed: the process fails. */
  whenOutputFails: (error: Error) => void = (error) => {
    this.note(
      `${this.styledNote('red', 'error:')} The output could not be written: ${systemReason(error)}.`,
    );
    process.exit(1);
  };

  /** @param kind - what `TERM` says that the terminal is: one that is `dumb` shows each line where it comes */
  constructor(
    stdout: NodeJS.WriteStream,
    stderr: NodeJS.WriteStream,
    monotonic: () => number,
    kind: string | undefined,
  ) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#monotonic = monotonic;
    this.#redraws = stderr.isTTY && kind !== 'dumb';
    this.#lived = this.#beforeTheFirst();
    stdout.on('error', (error: NodeJS.ErrnoException) => {
      this.#failed.add(stdout);
      if (error.code === 'EPIPE') this.whenReaderLeaves();
      else this.whenOutputFails(error);
    });
    stderr.on('error', (error: NodeJS.ErrnoException) => {
      this.#failed.add(stderr);
      // A note that nobody can read is no reason to stop.
      if (error.code === 'EPIPE') this.whenReaderLeaves();
    });
  }

  /** Columns that a table can take. */
  get width(): number {
    return this.#stdout.columns ?? 80;
  }

  /** Whether any of it goes to a terminal, and not all to files and other programs. */
  get isShown(): boolean {
    return Boolean(this.#stdout.isTTY || this.#stderr.isTTY);
  }

  /** A line of the result. */
  print(line: string): void {
    this.write(`${line}\n`);
  }

  /** A piece of the result. */
  write(text: string): void {
    this.#clearLive();
    this.#send(this.#stdout, harmless(text));
  }

  /** A line of JSON. */
  json(value: unknown): void {
    this.print(asJson(value));
  }

  /** The same of an object, with one more member: a list that may be too long to be in memory as text. */
  async jsonWithList(value: object, name: string, items: Iterable<unknown>): Promise<void> {
    this.write(`${asJson(value).slice(0, -1)},${asJson(name)}:[`);
    let piece = '';
    let separator = '';
    for (const item of items) {
      piece += separator + asJson(item);
      separator = ',';
      if (piece.length < pieceLength) continue;
      this.write(piece);
      piece = '';
      if (this.#stdout.writableNeedDrain) await once(this.#stdout, 'drain');
    }
    this.print(`${piece}]}`);
  }

  /** A line beside the result. */
  note(line: string): void {
    this.#clearLive();
    this.#send(this.#stderr, `${harmless(line)}\n`);
    this.#drawLive();
  }

  /** What is going on, in one line that the next one takes the place of. */
  live(line: string): void {
    const now = this.#monotonic();
    if (now - this.#lived < (this.#redraws ? redrawEvery : lineEvery)) return;
    this.#lived = now;
    if (!this.#redraws) {
      this.#send(this.#stderr, `${harmless(line)}\n`);
      return;
    }
    this.#clearLive();
    // A line that is too long would go on in the next, which the next one does not clear.
    this.#live = harmless(line).slice(0, (this.#stderr.columns ?? 80) - 1);
    this.#drawLive();
  }

  /** Takes the live line away. */
  endLive(): void {
    this.#clearLive();
    this.#live = '';
    this.#lived = this.#beforeTheFirst();
  }

  /** A piece of the result in a style. */
  styled(style: Style, text: string): string {
    return marked(style, text, this.#stdout);
  }

  /** A piece of a note in a style. */
  styledNote(style: Style, text: string): string {
    return marked(style, text, this.#stderr);
  }

  /** A stream that has failed is done with for Node; what is behind it may take more later. */
  #send(stream: NodeJS.WriteStream, text: string): void {
    if (!this.#failed.has(stream)) {
      stream.write(text);
      return;
    }
    try {
      writeSync(stream === this.#stdout ? 1 : 2, text);
    } catch {
      // Nobody is left to be told.
    }
  }

  /** What takes less time than from one line to the next says nothing where each stays. */
  #beforeTheFirst(): number {
    return this.#redraws ? Number.NEGATIVE_INFINITY : this.#monotonic();
  }

  #clearLive(): void {
    if (this.#live !== '') this.#send(this.#stderr, '\r\x1b[K');
  }

  #drawLive(): void {
    if (this.#live !== '') this.#send(this.#stderr, this.#live);
  }
}

/** Of control characters JSON leaves some as they are, which may as well be written by their numbers. */
function asJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function marked(style: Style, text: string, stream: NodeJS.WriteStream): string {
  const between = '|';
  const [open = '', close = ''] = styleText(style, between, { stream })
    .replaceAll('\x1b', ownEscape)
    .split(between);
  return `${open}${text}${close}`;
}

/** Of what steers a terminal only our own styles are left. */
function harmless(text: string): string {
  return text.split(ownEscape).map(escapeControl).join('\x1b');
}
