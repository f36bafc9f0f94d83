import type { States, Stepper } from '../engine/engine.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';
import { Row } from './row.ts';
import type { WriteRequest } from './write-request.ts';

/** Writes any number of texts in one batch: each step advances all of them, and texts join and leave at any time. */
export class Writer {
  readonly #stepper: Stepper;
  readonly #tokenizer: Tokenizer;
  #rows: Row[] = [];
  #joining: Row[] = [];
  #states: States | undefined;
  #running = false;

  constructor(stepper: Stepper, tokenizer: Tokenizer) {
    this.#stepper = stepper;
    this.#tokenizer = tokenizer;
  }

  /** What follows the seed, in pieces of a character or more, as it is drawn. Ended early, it stops drawing. */
  async *write(request: WriteRequest): AsyncGenerator<string, void, undefined> {
    for await (const tokens of this.writeTokens(request)) yield tokens.join('');
  }

  /**
   * Likewise the tokens that were drawn since the last piece. The first may be the rest of the seed's last word, and the
   * last one may be cut.
   */
  async *writeTokens(request: WriteRequest): AsyncGenerator<readonly string[], void, undefined> {
    const row = new Row(request, this.#tokenizer);
    this.#joining.push(row);
    if (!this.#running) void this.#run();
    try {
      for (;;) {
        const drawn = row.take();
        if (drawn.length > 0) yield drawn;
        else if (row.done) return;
        else await row.news();
      }
    } finally {
      row.finish();
    }
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      for (;;) {
        this.#seatRows();
        if (this.#rows.length === 0) return;
        await this.#step();
      }
    } catch (error) {
      for (const row of [...this.#rows, ...this.#joining]) row.fail(error);
      this.#rows = [];
      this.#joining = [];
      this.#states = undefined;
    } finally {
      this.#running = false;
    }
  }

  async #step(): Promise<void> {
    const ids = Int32Array.from(this.#rows, (row) => row.nextInput());
    this.#restoreStates();
    const { logits, states } = await this.#stepper.step(ids, this.#states);
    this.#states = states;
    const V = this.#tokenizer.size;
    this.#rows.forEach((row, index) => {
      row.receive(logits.subarray(index * V, (index + 1) * V), () => this.#statesOf(index));
    });
  }

  /** A copy of a row's states [H]. */
  #statesOf(index: number): States {
    return Object.fromEntries(
      Object.entries(this.#states ?? {}).map(([name, all]) => {
        const H = all.length / this.#rows.length;
        return [name, all.slice(index * H, (index + 1) * H)];
      }),
    );
  }

  /** Puts the states of rows that go back to an earlier place of their text where the next step reads them. */
  #restoreStates(): void {
    this.#rows.forEach((row, index) => {
      for (const [name, state] of Object.entries(row.takeStates() ?? {})) {
        this.#states?.[name]?.set(state, index * state.length);
      }
    });
  }

  /** Lets finished rows go and new ones in, whose states begin at zero. */
  #seatRows(): void {
    const staying = this.#rows.flatMap((row, index) => (row.done ? [] : [index]));
    const joining = this.#joining.filter((row) => !row.done);
    this.#joining = [];
    if (staying.length === this.#rows.length && joining.length === 0) return;
    const before = this.#rows.length;
    const rows = staying.length + joining.length;
    this.#rows = [...this.#rows.filter((row) => !row.done), ...joining];
    if (!this.#states) return;
    this.#states = Object.fromEntries(
      Object.entries(this.#states).map(([name, all]) => {
        const H = all.length / before;
        const next = new Float32Array(rows * H); // [R, H]
        staying.forEach((from, to) => {
          next.set(all.subarray(from * H, (from + 1) * H), to * H);
        });
        return [name, next];
      }),
    );
    if (rows === 0) this.#states = undefined;
  }
}
