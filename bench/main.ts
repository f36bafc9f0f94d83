import { BadInput, EscribaError } from '../src/errors.ts';
import { helpOf, readValues } from './bench.ts';
import { bot } from './bot.ts';
import { curves } from './curves.ts';
import { processes } from './processes.ts';
import { quality } from './quality.ts';
import { sample } from './sample.ts';
import { texts } from './texts.ts';
import { train } from './train.ts';

const benches = [train, processes, sample, quality, texts, curves, bot];

async function main([name = '--help', ...args]: readonly string[]): Promise<void> {
  const bench = benches.find((each) => each.name === name);
  if (bench === undefined) {
    const help = benches.map(helpOf).join('\n');
    if (name !== '--help') throw new BadInput(`There is no bench "${name}".`, `\n${help}`);
    process.stdout.write(help);
    return;
  }
  const values = readValues(bench, args);
  if (values.help === true) {
    process.stdout.write(helpOf(bench));
    return;
  }
  const report = await bench.run(values);
  process.stdout.write(
    values.json === true ? `${JSON.stringify(report.data)}\n` : `${report.text}\n`,
  );
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof EscribaError)) throw error;
  process.stderr.write(`${error.message} ${error.remedy}\n`);
  process.exitCode = error.exitCode;
}
