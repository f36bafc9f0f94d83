import { maximumTextLength } from './reply.ts';

/**
 * A text as it is sent, and as Discord then shows it: without white space around it, without lone halves of
 * characters, and of one that is too long as much of its beginning as fits, to a line end if there is one in
 * its second half, else to a space there, else to a whole character; an ellipsis says that there was more.
 *
 * @param length - the most UTF-16 units of what comes out, 2 or more
 */
export function fitText(text: string, length: number = maximumTextLength): string {
  const whole = text.trim().toWellFormed();
  if (whole.length <= length) return whole;
  const head = whole.slice(0, length - 1);
  const half = length / 2;
  const line = head.lastIndexOf('\n');
  if (line >= half) return `${head.slice(0, line).trimEnd()}\n…`;
  const space = head.lastIndexOf(' ');
  const end = space >= half ? space : head.length;
  // The first half of a pair alone is no character.
  const lone = /[\uD800-\uDBFF]$/.test(head.slice(0, end)) ? 1 : 0;
  return `${head.slice(0, end - lone).trimEnd()}…`;
}
