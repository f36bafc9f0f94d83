import { type Binding, bindingsOf, type KeyScope, type Level, levels } from './scope.ts';

/** What takes text while it is typed. */
export interface TextSink {
  /** Takes a key of the field's own; false leaves it to the table. */
  press(key: string): boolean;
  /** Takes text that was pasted. */
  paste(text: string): void;
}

/** What some part of the screen does on keys. */
export interface Layer {
  readonly scope: KeyScope;
  /** By action; those that are not there, or undefined, cannot be done now. */
  readonly actions: Readonly<Record<string, ((key: string) => void) | undefined>>;
  readonly sink?: TextSink;
  /** Whether only leaving the program reaches past it. */
  readonly modal?: boolean;
}

/** Finds who a key is for: the parts of the screen lie over each other, and the uppermost that knows it takes it. */
export class Keyboard {
  #layers: { layer: Layer }[] = [];
  readonly #onChange: () => void;
  #shown = '';

  /** @param onChange called when other keys work than before */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Puts a layer over the others; it is changed and taken off by what comes back. */
  add(layer: Layer): { change(layer: Layer): void; remove(): void } {
    const place = { layer };
    this.#layers = [...this.#layers, place].sort((a, b) => rank(a.layer) - rank(b.layer));
    this.#look();
    return {
      change: (next) => {
        place.layer = next;
        this.#look();
      },
      remove: () => {
        this.#layers = this.#layers.filter((each) => each !== place);
        this.#look();
      },
    };
  }

  press(key: string): void {
    for (const { layer, action } of this.#reachable()) {
      if (action === undefined) {
        if (layer.sink?.press(key)) return;
      } else if (action.binding.keys.includes(key)) {
        layer.actions[action.name]?.(key);
        return;
      }
    }
  }

  /** Does an action as its key would, where that could be pressed now. */
  act(level: Level, name: string): void {
    const reached = this.#reachable().find(
      ({ layer, action }) => layer.scope.level === level && action?.name === name,
    );
    reached?.layer.actions[name]?.('');
  }

  paste(text: string): void {
    this.#sink()?.paste(text);
  }

  /**
   * Presses the first of several keys, or as many of them as type a text: a hand's keys one by one, a whole text at once.
   * @returns those that are left
   */
  pressNext([key, ...others]: readonly string[]): readonly string[] {
    if (key === undefined) return [];
    const sink = this.#sink();
    const end = others.findIndex(isNamed);
    const typed = [key, ...others.slice(0, end < 0 ? undefined : end)];
    if (!sink || isNamed(key) || typed.length < 2) {
      this.press(key);
      return others;
    }
    sink.paste(typed.map((each) => (each === 'space' ? ' ' : each)).join(''));
    return others.slice(typed.length - 1);
  }

  /** What takes a text now. */
  #sink(): TextSink | undefined {
    return this.#layers.findLast(({ layer }) => layer.sink || layer.modal)?.layer.sink;
  }

  /** What can be done now, the uppermost layer's first: the footer's words. */
  bindings(): Binding[] {
    return this.#reachable().flatMap(({ action }) => (action ? [action.binding] : []));
  }

  /** Every action that can be reached, and before those of each layer its text field. */
  #reachable(): { layer: Layer; action?: { name: string; binding: Binding } }[] {
    const reached = [];
    let modal = false;
    let typing = false;
    for (const { layer } of this.#layers.toReversed()) {
      // Past a question, and past what is typed: what it is typed for is not to change under it.
      const past = (modal || typing) && layer.scope.level !== 'everywhere';
      if (past) continue;
      if (layer.sink && !modal) {
        reached.push({ layer });
        typing = true;
      }
      for (const { action: name, binding } of bindingsOf(layer.scope)) {
        if (!layer.actions[name]) continue;
        if (modal && !binding.always) continue;
        const keys =
          typing && layer.scope.level === 'everywhere'
            ? binding.keys.filter(isNamed)
            : binding.keys;
        if (keys.length > 0)
          reached.push({ layer, action: { name, binding: { ...binding, keys } } });
      }
      modal ||= layer.modal ?? false;
    }
    return reached;
  }

  #look(): void {
    const shown = this.bindings()
      .map(({ keys, label }) => `${keys} ${label}`)
      .join('\n');
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#onChange();
  }
}

function rank({ scope }: Layer): number {
  return levels.indexOf(scope.level);
}

/** Whether a key is none that types a character. */
function isNamed(key: string): boolean {
  return key.length > 1 && key !== 'space';
}
