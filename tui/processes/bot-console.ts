import type { ChildProcess } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { runCommand } from './program.ts';

/** Lines of the console that are kept. */
const keptLines = 500;

/** The bot's console: the same bot as on Discord, in a process of its own, started with the first command. */
export class BotConsole {
  readonly #storePath: string;
  readonly #listeners = new Set<() => void>();
  #child: ChildProcess | undefined;
  #lines: readonly string[] = [];
  #unfinished = '';

  constructor(storePath: string) {
    this.#storePath = storePath;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What was typed and answered, the newest last. */
  lines = (): readonly string[] => this.#lines;

  /** Types a line: a command, or the number of a button of the last answer. */
  type(line: string): void {
    this.#child ??= this.#start();
    this.#add([`› ${line}`]);
    this.#child.stdin?.write(`${line}\n`);
  }

  close(): void {
    this.#child?.stdin?.end();
    this.#child?.kill();
  }

  #start(): ChildProcess {
    const child = runCommand(['bot', '--console'], this.#storePath);
    const take = (data: Buffer) => {
      const text = this.#unfinished + stripVTControlCharacters(data.toString());
      const lines = text.split('\n');
      this.#unfinished = lines.pop() ?? '';
      // What asks for the next line is not part of an answer.
      this.#add(lines.map((line) => line.replace(/^› /, '')));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('error', (error) => this.#add([error.message]));
    child.stdin?.on('error', () => {});
    child.on('close', (code) => {
      this.#child = undefined;
      if (code) this.#add([`The console has ended (exit code ${code}).`]);
    });
    return child;
  }

  #add(lines: readonly string[]): void {
    this.#lines = [...this.#lines, ...lines].slice(-keptLines);
    for (const listener of [...this.#listeners]) listener();
  }
}
