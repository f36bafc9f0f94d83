/** Lets tests wait for a state of the loopback Discord instead of for a time. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** To be called after every change of what `until` may look at. */
  notify(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** What `find` gives as soon as that is not undefined; looked at now and at each change. */
  until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        try {
          const found = find();
          if (found === undefined) return;
          this.#waiting.delete(look);
          resolve(found);
        } catch (error) {
          this.#waiting.delete(look);
          reject(error);
        }
      };
      this.#waiting.add(look);
      look();
    });
  }
}
