import type { ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { Listeners } from '../data/listeners.ts';
import { runCommand } from './program.ts';

/** Lines of the console that are kept. */
const keptLines = 500;

/** The bot's console: the same bot as on Discord, in a process of its own, started with the first command. */
export class BotConsole {
  readonly #storePath: string;
  readonly #listeners = new Listeners();
  #child: ChildProcess | undefined;
  #lines: readonly string[] = [];
  #typed: readonly string[] = [];
  #completing: ((offered: readonly string[]) => void) | undefined;

  constructor(storePath: string) {
    this.#storePath = storePath;
  }

  readonly subscribe = this.#listeners.subscribe;

  /** What was typed and answered, the newest last. */
  lines = (): readonly string[] => this.#lines;

  /** Types a line: a command, or the number of a button of the last answer. */
  type(line: string): void {
    this.#child ??= this.#start();
    this.#typed = [...this.#typed.filter((each) => each !== line), line];
    this.#add([`› ${line}`]);
    this.#child.stdin?.write(`${line}\n`);
  }

  /** The lines that were typed, the newest last. */
  typed = (): readonly string[] => this.#typed;

  /** Whether the last line was not answered yet. */
  get isWaiting(): boolean {
    return this.#child !== undefined && (this.#lines.at(-1)?.startsWith('› ') ?? false);
  }

  /** What a line can become, as the bot's own console completes it. */
  complete(line: string): Promise<readonly string[]> {
    this.#child ??= this.#start();
    this.#child.stdin?.write(`${line}\t\n`);
    return new Promise((resolve) => {
      this.#completing = resolve;
    });
  }

  close(): void {
    this.#child?.stdin?.end();
    this.#child?.kill();
  }

  #start(): ChildProcess {
    const child = runCommand(['bot', '--console', '--language', 'en'], this.#storePath);
    // In the language of the screen around it, whose keys press its buttons by their labels.
    // What greets a person in a terminal, up to an empty line, tells how to leave it: here one does not.
    let isGreeted = false;
    child.stdout?.on(
      'data',
      this.#reader((line) => {
        const isAnswer = isGreeted;
        isGreeted ||= line === '';
        return isAnswer;
      }),
    );
    child.stderr?.on(
      'data',
      this.#reader(() => true),
    );
    child.on('error', (error) => this.#add([error.message]));
    child.stdin?.on('error', () => {});
    child.on('close', (code) => {
      this.#child = undefined;
      if (code) this.#add([`The console has ended (exit code ${code}).`]);
    });
    return child;
  }

  /** Takes what comes in pieces, and adds those of its lines that are meant for a person here. */
  #reader(isWanted: (line: string) => boolean): (data: Buffer) => void {
    const decoder = new StringDecoder();
    let unfinished = '';
    return (data) => {
      const lines = (unfinished + stripVTControlCharacters(decoder.write(data))).split('\n');
      unfinished = lines.pop() ?? '';
      // What asks for the next line stands before what completes one, too.
      for (const line of lines.filter(isCompletion)) {
        this.#completing?.(line.split('\t').slice(1));
      }
      // What asks for the next line is not part of an answer.
      const told = lines.filter((line) => !isCompletion(line));
      if (told.length === 0) return;
      this.#add(told.filter(isWanted).map((line) => line.replace(/^› /, '')));
    };
  }

  #add(lines: readonly string[]): void {
    this.#lines = [...this.#lines, ...lines].slice(-keptLines);
    this.#listeners.notify();
  }
}

function isCompletion(line: string): boolean {
  return /^(› )*\t/.test(line);
}
