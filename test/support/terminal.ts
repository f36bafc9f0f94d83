import { tmpdir } from 'node:os';
import { type IPty, spawn } from '@lydell/node-pty';
import headless, { type Terminal } from '@xterm/headless';

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** The colour of its page, `ffff/ffff/ffff`, which it tells who asks (OSC 11); none for one that does not answer. */
  readonly page?: string | undefined;
}

/** One place of a terminal's screen. */
export interface Cell {
  readonly text: string;
  /** `#rrggbb`, one of the sixteen colours by its number, or undefined for the terminal's own. */
  readonly colour: string | number | undefined;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly inverse: boolean;
}

/** A program in a terminal of its own: keys go in, and the screen is read off as a person would see it. */
export class TerminalProgram {
  readonly #terminal: Terminal;
  readonly #pty: IPty;
  readonly #exited: Promise<number>;
  #hasExited = false;
  #cursorShown = true;
  #bells = 0;

  constructor(
    command: readonly string[],
    { columns, rows, environment = {}, page }: TerminalOptions,
  ) {
    // Where CI is set, Ink writes its last frame only.
    const { CI: _, NO_COLOR: __, ...own } = process.env;
    const [file = '', ...args] = command;
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.#pty = spawn(file, args, {
      cols: columns,
      rows,
      name: environment.TERM ?? 'xterm-256color',
      env: { ...own, COLORTERM: 'truecolor', ...environment },
      // What is saved under a name that was typed belongs nowhere near the clone.
      cwd: tmpdir(),
    });
    for (const [final, isShown] of [
      ['h', true],
      ['l', false],
    ] as const) {
      this.#terminal.parser.registerCsiHandler({ prefix: '?', final }, (modes) => {
        if (modes.includes(25)) this.#cursorShown = isShown;
        return false;
      });
    }
    this.#terminal.parser.registerOscHandler(11, (asked) => {
      if (page !== undefined && asked === '?') this.press(`\x1b]11;rgb:${page}\x1b\\`);
      return true;
    });
    this.#terminal.onBell(() => this.#bells++);
    this.#pty.onData((data) => this.#terminal.write(data));
    this.#terminal.onData((answer) => {
      if (!this.#hasExited) this.#pty.write(answer);
    });
    this.#exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#hasExited = true;
        resolve(exitCode);
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Whether the program has the screen that goes away with it. */
  get isOnOtherScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  get isCursorShown(): boolean {
    return this.#cursorShown;
  }

  /** Whether the program hears of the mouse. */
  get hasMouse(): boolean {
    return this.#terminal.modes.mouseTrackingMode !== 'none';
  }

  /** How often it rang. */
  get bells(): number {
    return this.#bells;
  }

  /** Types keys, as a terminal sends them. */
  press(keys: string): void {
    if (!this.#hasExited) this.#pty.write(keys);
  }

  /** Clicks on the first place of the screen where a text stands, as a terminal reports that (SGR, 1006). */
  click(text: string): void {
    const row = this.screen().findIndex((each) => each.includes(text));
    const column = this.screen()[row]?.indexOf(text) ?? -1;
    const at = `0;${column + 1};${row + 1}`;
    this.press(`\x1b[<${at}M\x1b[<${at}m`);
  }

  /** Turns the wheel by a notch. */
  wheel(direction: 'up' | 'down'): void {
    this.press(`\x1b[<${direction === 'up' ? 64 : 65};9;9M`);
  }

  /** Writes over the program's screen, as another program on the same terminal does. @returns what it shows right then */
  writeOver(text: string): Promise<string[]> {
    return new Promise((resolve) => this.#terminal.write(text, () => resolve(this.screen())));
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    if (!this.#hasExited) this.#pty.resize(columns, rows);
  }

  /** The rows of the screen, without the spaces at their ends. */
  screen(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: this.#terminal.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    );
  }

  cells(): Cell[][] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) =>
      Array.from({ length: this.#terminal.cols }, (_, column) => {
        const cell = active.getLine(active.viewportY + row)?.getCell(column);
        const number = cell?.getFgColor() ?? 0;
        const colour = cell?.isFgRGB()
          ? `#${number.toString(16).padStart(6, '0')}`
          : cell?.isFgPalette()
            ? number
            : undefined;
        return {
          text: cell?.getChars() || ' ',
          colour,
          bold: Boolean(cell?.isBold()),
          italic: Boolean(cell?.isItalic()),
          inverse: Boolean(cell?.isInverse()),
        };
      }),
    );
  }

  /** Waits until the screen shows a text, or one that fits a pattern. @throws after a time, with what it shows */
  async see(wanted: string | RegExp, milliseconds = 15_000): Promise<void> {
    const shows = (text: string) =>
      typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
    await this.until(
      () => shows(this.screen().join('\n')),
      `the screen shows ${wanted}`,
      milliseconds,
    );
  }

  async until(isSo: () => boolean, what: string, milliseconds = 15_000): Promise<void> {
    const last = performance.now() + milliseconds;
    while (!isSo()) {
      if (performance.now() > last) {
        throw new Error(`Waited in vain until ${what}:\n${this.screen().join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** The exit code. */
  async exited(): Promise<number> {
    const code = await this.#exited;
    // What was last written is on the screen only when the terminal has come to it.
    await new Promise<void>((resolve) => this.#terminal.write('', resolve));
    return code;
  }

  /** Ends it, however it stands. */
  async close(): Promise<void> {
    if (!this.#hasExited) this.#pty.kill('SIGKILL');
    await this.#exited;
    this.#terminal.dispose();
  }
}
