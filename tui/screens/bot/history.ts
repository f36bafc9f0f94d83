/** The line that was typed before or after one of them; before what is none of them, the last. */
export function lineBefore(typed: readonly string[], now: string, by: 1 | -1): string | undefined {
  const at = typed.indexOf(now);
  return typed[(at < 0 ? typed.length : at) + by];
}

/** What all of some lines begin with. */
export function commonStart([first = '', ...others]: readonly string[]): string {
  let end = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, end))) end--;
  }
  return first.slice(0, end);
}
