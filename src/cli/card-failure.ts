import { EscribaError } from '../errors.ts';

/** How the process that tried a card ended, and all that it and its libraries said. */
export interface CardTrial {
  readonly said: string;
  /** What ended it, where it did not end by itself. */
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
}

const withoutCard = 'or choose --device cpu to compute on the processor';

/** What keeps a card from computing in plain words, by what the runtime says of it. The first that fits is it. */
const failures: readonly {
  readonly when: (trial: CardTrial) => boolean;
  readonly what: string;
  readonly remedy: string;
}[] = [
  {
    when: ({ timedOut }) => timedOut,
    what: 'The graphics card did not finish a first step in two minutes.',
    remedy: `Update its driver, ${withoutCard}.`,
  },
  {
    when: ({ signal }) => signal !== null,
    what: "The graphics card's driver crashed when it was tried.",
    remedy: `Update the driver, ${withoutCard}.`,
  },
  {
    when: saying(/has no WebGPU|backend not found|not supported in this build/),
    what: `ONNX Runtime cannot use graphics cards on ${process.platform} ${process.arch}.`,
    remedy: 'It can on Windows, on Macs and on Linux x64; choose --device cpu here.',
  },
  {
    when: saying(/Couldn't load Vulkan/),
    what: 'Vulkan, which Linux needs to compute on a graphics card, is not installed.',
    remedy: `Install libvulkan1 and the card's driver (mesa-vulkan-drivers for AMD and Intel, NVIDIA's own), ${withoutCard}.`,
  },
  {
    when: saying(/Found no drivers|INCOMPATIBLE_DRIVER/),
    what: 'No graphics card has a Vulkan driver here.',
    remedy: `Install the card's driver (mesa-vulkan-drivers for AMD and Intel, NVIDIA's own), ${withoutCard}.`,
  },
  {
    when: saying(/No supported adapters|WebGPU adapter/),
    what: 'There is no graphics card here that can compute.',
    remedy: `It needs Direct3D 12, Metal or Vulkan 1.1: update its driver, ${withoutCard}.`,
  },
];

/** Why a card did not compute, and what to do about it. */
export function cardFailure(trial: CardTrial): EscribaError {
  const cause = new Error(trial.said);
  const known = failures.find(({ when }) => when(trial));
  if (known) return new EscribaError(known.what, known.remedy, { cause });
  const [reason] = trial.said.trim().split('\n');
  return new EscribaError(
    `The graphics card cannot be used: ${reason}`,
    `Update its driver, ${withoutCard}.`,
    { cause },
  );
}

function saying(words: RegExp): (trial: CardTrial) => boolean {
  return ({ said }) => words.test(said);
}
