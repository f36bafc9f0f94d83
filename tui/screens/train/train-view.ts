import { bookNamed, books } from '../../../data/books.ts';
import { networkNotation } from '../../../src/network/notation.ts';
import { servingReason } from '../../../src/run/serving-words.ts';
import type { LogLine } from '../../../src/store/logs.ts';
import { isUnderWay, type Run } from '../../../src/store/runs.ts';
import { firstSampleStep } from '../../../src/train/schedule.ts';
import { beside, cut, fill, indent, lineWidth, spread } from '../../drawing/layout.ts';
import {
  blank,
  bold,
  gold,
  type Line,
  lapis,
  line,
  quiet,
  rubric,
  span,
} from '../../drawing/line.ts';
import { ago, bits, count, duration, percent } from '../../drawing/numbers.ts';
import { sentence, wrap } from '../../drawing/text.ts';
import { middle } from '../../shell/frame.ts';
import { progressLine } from '../../widgets/bar.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import type { ChartLook } from '../charts/look.ts';
import { cameFrom, runWords, shareDone, stateName, stateSign, titleOf } from '../run-words.ts';
import { gaugeColumn, gaugeRow, gaugeSentences, secondsLeft } from './gauges.ts';
import { logRows } from './log-view.ts';
import { lossChart, lossSentence } from './loss-chart.ts';
import { sampleColumns } from './samples.ts';
import type { TrainData } from './train-data.ts';

export interface TrainView {
  readonly data: TrainData;
  readonly look: ChartLook;
  /** The step that is read off the chart. */
  readonly cursor: number | undefined;
  /** The log of the training, the newest line first; its samples are shown where there is none. */
  readonly log: readonly LogLine[] | undefined;
  /** How many of the newest samples, or lines of the log, are passed over. */
  readonly skipped: number;
  readonly width: number;
  readonly height: number;
  readonly dots: Dots;
  readonly screenReader: boolean;
  readonly now: number;
}

/** From this width on, the gauges stand beside the chart. */
const wide = 104;
/** From this width on, a run that has finished says why it writes for its text or does not. */
const least = 74;
const gaugeWidth = 30;

export function trainView(view: TrainView): Line[] {
  const { data, height, screenReader, now } = view;
  const width = view.width - 2;
  const head = [
    title(data.run, width),
    ...(screenReader || data.run.origin !== 'trained' ? [] : [progress(data.run, width)]),
    ...trouble(data, width, now),
    ...others(data, width),
  ];
  const samples = data.samples.slice(view.skipped);
  const log = view.log?.slice(view.skipped);
  if (screenReader) {
    const rows = [...head, line(lossSentence(data)), ...gaugeSentences(data)];
    const size = { width: 64, height: 40 };
    return [
      ...rows,
      ...(log ? logRows(log, { ...size, now }) : sampleColumns(samples, data.run.corpus, size)),
    ];
  }
  const left = height - head.length;
  const sampleRows = Math.max(4, Math.min(18, Math.round(left * 0.36)));
  const above =
    width < wide
      ? narrow(view, width, left - sampleRows)
      : besideGauges(view, width, left - sampleRows);
  return indent(
    fill(
      [
        ...head,
        ...above,
        ...(log
          ? logRows(log, { width, height: sampleRows, now })
          : [
              ...(samples.length === 0 ? firstSample(data.run) : []),
              ...sampleColumns(samples, data.run.corpus, { width, height: sampleRows }),
            ]),
      ],
      height,
    ),
    1,
  );
}

function title(run: Run, width: number): Line {
  const { settings, steps } = run;
  const left: Line = [
    span(titleOf(run.corpus), bold),
    span(`  ${networkNotation(run.network)}  ${runWords(run)}`, quiet),
  ];
  const under = run.state === 'running';
  // One that was brought in has no further to go.
  const budget = settings && run.origin === 'trained' ? ` of ${count(settings.steps)}` : '';
  const right: Line = [
    stateSign(run),
    span(` ${stateName(run)}`),
    span(
      under
        ? `  ${duration(secondsLeft(run))} left`
        : steps > 0
          ? `  step ${count(steps)}${budget}`
          : '',
      quiet,
    ),
  ];
  return lineWidth(left) + lineWidth(right) < width
    ? spread(left, right, width)
    : spread(left, right.slice(0, 2), width);
}

function progress(run: Run, width: number): Line {
  const share = shareDone(run);
  const label = percent(share).padStart(5);
  return [...progressLine(share, width - label.length - 1, lapis), span(` ${label}`, quiet)];
}

/** Why a run does not go on, and what to do. */
function trouble(data: TrainData, width: number, now: number): Line[] {
  const { run, checkpoint } = data;
  const kept = checkpoint
    ? `r resumes it from its checkpoint at step ${count(checkpoint.step)}.`
    : run.best
      ? `Its best network (step ${count(run.best.step)}) is kept, but no checkpoint to resume from: r starts it over.`
      : 'It has no checkpoint to resume from: r starts it over.';
  const said = {
    died: `Its process is gone; it last wrote ${ago(now - run.updated)}. ${kept}`,
    failed: `It failed: ${sentence(run.reason ?? 'it did not say why')} ${kept}`,
    stopped: `It was stopped. ${kept}`,
    paused: 'Paused: p continues it.',
    running: '',
    finished: [run.reason ? `It stopped early: ${sentence(run.reason)}` : '', whatNext(data, width)]
      .filter(Boolean)
      .join(' '),
  }[run.state];
  if (said === '') return [];
  const isBad = run.state === 'died' || run.state === 'failed';
  return wrap(said, width - 2).map((row) => line(row, isBad ? rubric : quiet));
}

/** When the first sample and the first validation come, until they do. */
function firstSample(run: Run): Line[] {
  const { settings, steps } = run;
  if (!isUnderWay(run) || !settings) return [];
  const sample = Math.min(firstSampleStep, settings.evaluateEvery);
  const seconds = (run.elapsed / steps) * (sample - steps);
  const when = steps === 0 || seconds <= 0 ? '' : `, in ${duration(seconds)}`;
  const validation = `Validation: at step ${count(settings.evaluateEvery)} at the latest.`;
  return [line(`The first sample comes at step ${count(sample)}${when}. ${validation}`, quiet)];
}

/** Another run that is under way: it is offered, not shown in the place of the one that is watched. */
function others({ other }: TrainData, width: number): Line[] {
  if (!other) return [];
  const { id, corpus } = other;
  const what = other.state === 'paused' ? 'is paused' : 'is training';
  return [
    cut([stateSign(other), span(` Run ${id} (${corpus}) ${what}: o shows it.`, quiet)], width),
  ];
}

/** What can be done with a network that was brought in, or is trained. */
function whatNext({ run, isFirst, serving }: TrainData, width: number): string {
  if (serving?.checkpoint) {
    const how = serving.serves ? '4 writes with it' : '4, then m, writes with it';
    // In the smallest terminals the chart needs the rows.
    const why = width < least ? '' : servingReason(serving);
    return `${why} ${how}; 5 looks inside.`.trim();
  }
  const from = cameFrom(run);
  if (!from) return '';
  const first = isFirst
    ? ` Press Enter to train a small one of your own on ${books[0].titlesInSentence.en} for a minute.`
    : '';
  return `${from} 4 writes with it, 5 looks inside.${first}`;
}

/** The chart, or what is known where there is nothing to draw. */
function chart(
  { data, look, cursor, dots }: TrainView,
  size: { readonly width: number; readonly height: number },
): Line[] {
  const { run, curve, evaluations } = data;
  const { corpus, best, state, id } = run;
  if (curve.length > 0 || evaluations.length > 1) {
    return lossChart(data, look, size, dots, cursor);
  }
  if (isUnderWay(run)) {
    return middle([line('Waiting for the first step…', quiet)], size.width, size.height);
  }
  const peer = bookNamed(corpus)?.yardsticks;
  const said: Line[] = best
    ? [
        [
          span(bits(best.bitsPerCharacter), gold, bold),
          span(' bits per character on held-out text'),
        ],
        blank,
        ...(peer
          ? [
              line(
                `A Markov bot gets ${bits(peer.markov)}, the best n-gram ${bits(peer.ngram)}.`,
                quiet,
              ),
            ]
          : []),
      ]
    : [
        line(
          state === 'finished'
            ? `No figures were recorded: \`escriba evaluate ${id}\` measures it.`
            : 'It has not taken a step.',
          quiet,
        ),
      ];
  return middle(said, size.width, size.height);
}

function narrow(view: TrainView, width: number, height: number): Line[] {
  const { data, dots } = view;
  return [
    ...fill(chart(view, { width, height: height - 3 }), height - 3),
    ...gaugeRow(data, { width, dots }),
    blank,
  ];
}

function besideGauges(view: TrainView, width: number, height: number): Line[] {
  const { data, dots } = view;
  const tall = height - 3;
  const chartWidth = width - gaugeWidth - 4;
  return [
    blank,
    ...beside(
      [
        {
          rows: fill(chart(view, { width: chartWidth, height: tall }), tall),
          width: chartWidth,
        },
        {
          rows: fill(gaugeColumn(data, { width: gaugeWidth, height: tall, dots }), tall),
          width: gaugeWidth,
        },
      ],
      4,
    ),
    blank,
  ];
}
