/** Those who want to hear when something has changed, as React's `useSyncExternalStore` subscribes. */
export class Listeners {
  readonly #all = new Set<() => void>();

  /** @returns what ends it */
  subscribe = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  };

  /** A listener may subscribe or end its subscription meanwhile. */
  notify(): void {
    for (const listener of [...this.#all]) listener();
  }
}
