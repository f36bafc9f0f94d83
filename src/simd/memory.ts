/** A WebAssembly memory of a page for each of some threads. It may be sent to them. */
export interface SharedPages {
  readonly buffer: SharedArrayBuffer;
}

/** Of a page of WebAssembly memory. */
export const pageBytes = 65_536;

/**
 * One memory for all threads: however small a memory is, the engine reserves 8 GB of addresses for it, which a limit
 * such as `ulimit -v` counts.
 */
export function sharedPages(threads: number): SharedPages {
  return new WebAssembly.Memory({ initial: threads, maximum: threads, shared: true });
}

/** What is used here of an interface that the types of ECMAScript and of Node leave out. */
declare const WebAssembly: {
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => SharedPages;
};
