import { maximumTextLength } from './reply.ts';

/**
 * The text, or as much of its beginning as fits: to a line end if there is one in its second half, else to a
 * space there, else to a whole character; an ellipsis says that there was more.
 *
 * @param length - the most UTF-16 units of what comes out, 2 or more
 */
export function fitText(text: string, length: number = maximumTextLength): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 1);
  const half = length / 2;
  const line = head.lastIndexOf('\n');
  if (line >= half) return `${head.slice(0, line).trimEnd()}\n…`;
  const space = head.lastIndexOf(' ');
  const end = space >= half ? space : head.length;
  // The first half of a pair alone is no character.
  const lone = /[\uD800-\uDBFF]$/.test(head.slice(0, end)) ? 1 : 0;
  return `${head.slice(0, end - lone).trimEnd()}…`;
}
