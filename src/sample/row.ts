import type { States } from '../engine/engine.ts';
import { Random } from '../text/random.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';
import { drawToken } from './draw.ts';
import { HealedStart } from './healed-start.ts';
import { healing } from './healing.ts';
import { RecentTokens } from './repetition.ts';
import { Stop } from './stop.ts';
import type { WriteRequest } from './write-request.ts';

const beginsWithLetter = /^[\p{L}\p{M}]/u;

/** One text being written: a row of the batch. */
export class Row {
  readonly #request: WriteRequest;
  readonly #tokenizer: Tokenizer;
  readonly #inputs: Int32Array;
  readonly #random: Random;
  readonly #stop: Stop;
  readonly #recent: RecentTokens;
  /** Set while the end of the seed is still being read along all its tokenizations. */
  #healed: HealedStart | undefined;
  /** Whether the seed's last word still has to end. */
  #endsWord: boolean;
  #read = 0;
  #last = 0;
  #states: States | undefined;
  /** Tokens drawn but not yet handed out. */
  #drawn: string[] = [];
  /** Tokens that may not all belong to the text, and the part that certainly does. */
  #open: string[] = [];
  #certain = '';
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;
  done = false;

  constructor(request: WriteRequest, tokenizer: Tokenizer) {
    this.#request = request;
    this.#tokenizer = tokenizer;
    // Verses and paragraphs follow a blank line, so a new one starts after two newlines.
    const anew = request.passageKind === 'line' ? '\n' : '\n\n';
    const text = request.seed === '' ? anew : `\n${request.seed}`;
    const healed = healing(text, tokenizer);
    this.#healed = healed && new HealedStart(healed, request);
    this.#inputs = healed?.head ?? tokenizer.encode(text);
    this.#recent = new RecentTokens(this.#inputs);
    this.#random = Random.seeded(request.randomSeed, 'writing');
    this.#stop = new Stop(request, request.seed);
    this.#endsWord = request.endsWord ?? false;
  }

  /** The next id to read. */
  nextInput(): number {
    const next = this.#healed?.next();
    if (!next) return this.#inputs[this.#read++] ?? this.#last;
    this.#states = next.states;
    return next.id;
  }

  /** The states [H] to read it from, if not the row's own. */
  takeStates(): States | undefined {
    const states = this.#states;
    this.#states = undefined;
    return states;
  }

  /** @param states gives a copy of the row's states [H] after the step */
  receive(logits: Float32Array, states: () => States): void {
    if (this.done || this.#read < this.#inputs.length) return;
    const random = () => this.#random.next();
    if (this.#healed) {
      this.#healed.receive(logits, states());
      if (!this.#healed.isRead) return;
      const start = this.#healed.draw(
        random,
        (beyond) => !this.#endsWord || !beginsWithLetter.test(beyond),
      );
      this.#healed = undefined;
      this.#states = start.states;
      this.#last = start.id;
      this.#add(start.beyond);
    } else {
      const { repetitionPenalty: penalty = 1 } = this.#request;
      const wanted = penalty === 1 ? logits : this.#recent.penalised(logits, penalty);
      const allowed = this.#endsWord ? this.#withoutLetters(wanted) : wanted;
      this.#last = drawToken(allowed, this.#request, random);
      this.#add(this.#tokenizer.tokens[this.#last] ?? '');
    }
    this.#recent.add(this.#last);
    this.#wake?.();
  }

  /** The tokens drawn since the last call. */
  take(): string[] {
    if (this.#failure) throw this.#failure.error;
    const drawn = this.#drawn;
    this.#drawn = [];
    return drawn;
  }

  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  finish(): void {
    this.done = true;
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#wake?.();
  }

  #add(drawn: string): void {
    if (drawn !== '') this.#endsWord = false;
    this.#open.push(drawn);
    for (const character of drawn) {
      const { text, ended } = this.#stop.add(character);
      this.#certain += text;
      if (!ended) continue;
      this.#release();
      // A text may end inside a token.
      if (this.#certain !== '') this.#drawn.push(this.#certain);
      this.finish();
      return;
    }
    this.#release();
  }

  /** Hands out the tokens that are certain to belong to the text. */
  #release(): void {
    for (;;) {
      const [token] = this.#open;
      if (token === undefined || token.length > this.#certain.length) return;
      if (token !== '') this.#drawn.push(token);
      this.#certain = this.#certain.slice(token.length);
      this.#open.shift();
    }
  }

  #withoutLetters(logits: Float32Array): Float32Array {
    const { tokens } = this.#tokenizer;
    return logits.map((logit, id) =>
      beginsWithLetter.test(tokens[id] ?? '') ? Number.NEGATIVE_INFINITY : logit,
    );
  }
}
