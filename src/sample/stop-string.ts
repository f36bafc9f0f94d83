/** A text in pieces as far as a string, which may come in parts of several pieces; all of it where that never comes. */
export async function* endBefore(
  pieces: AsyncIterable<string>,
  stop: string,
): AsyncGenerator<string, void, void> {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    const at = held.indexOf(stop);
    if (at >= 0) {
      if (at > 0) yield held.slice(0, at);
      return;
    }
    const certain = held.length - beginningAtEnd(held, stop);
    if (certain > 0) yield held.slice(0, certain);
    held = held.slice(certain);
  }
  if (held !== '') yield held;
}

/** How many characters at the end of a text could be the beginning of the string. */
function beginningAtEnd(text: string, stop: string): number {
  let length = Math.min(text.length, stop.length - 1);
  while (!stop.startsWith(text.slice(text.length - length))) length--;
  return length;
}
