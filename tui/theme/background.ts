import type { ReadStream, WriteStream } from 'node:tty';

/** A terminal that answers nothing is not waited for any longer, in milliseconds. */
const patience = 150;

/**
 * Whether the terminal's page is dark or light: as `ESCRIBA_PAGE` says, by its answer to OSC 11, by `COLORFGBG`, or else dark. Every
 * terminal answers the question after it (what it is), so one that does not know the first is not waited for.
 */
export async function pageOf(
  input: ReadStream,
  output: WriteStream,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<'dark' | 'light'> {
  const { ESCRIBA_PAGE: told, COLORFGBG } = environment;
  if (told === 'dark' || told === 'light') return told;
  const answer = await ask(input, output, '\x1b]11;?\x1b\\\x1b[c');
  return pageOfAnswer(answer) ?? pageOfVariable(COLORFGBG) ?? 'dark';
}

/** @param answer such as `ESC ]11;rgb:1c1c/1b1b/1a1a ESC \` */
export function pageOfAnswer(answer: string): 'dark' | 'light' | undefined {
  const parts = /\]11;rgba?:([0-9a-f]+)\/([0-9a-f]+)\/([0-9a-f]+)/i.exec(answer);
  if (!parts) return undefined;
  const [red = 0, green = 0, blue = 0] = parts
    .slice(1)
    .map((digits) => Number.parseInt(digits, 16) / (16 ** digits.length - 1));
  // How bright it looks, by the weights of Rec. 601.
  return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 ? 'light' : 'dark';
}

/** @param value such as `15;0` or `0;default;15`: the last is the page, among the sixteen colours */
export function pageOfVariable(value: string | undefined): 'dark' | 'light' | undefined {
  const last = value?.split(';').at(-1);
  if (!last || !/^\d+$/.test(last)) return undefined;
  return last === '7' || Number(last) > 8 ? 'light' : 'dark';
}

function ask(input: ReadStream, output: WriteStream, question: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const finish = () => {
      clearTimeout(timer);
      input.off('data', take);
      input.setRawMode(false);
      input.pause();
      resolve(answer);
    };
    const take = (data: Buffer) => {
      answer += data.toString('latin1');
      if (/\[\?[\d;]*c$/.test(answer)) finish();
    };
    // While the dashboard is read, this thread may be busy for longer: what has come by then is read first.
    const timer = setTimeout(() => setImmediate(finish), patience);
    input.setRawMode(true);
    input.on('data', take);
    input.resume();
    output.write(question);
  });
}
