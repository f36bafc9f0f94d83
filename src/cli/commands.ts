import type { DefinedCommand } from './define-command.ts';

/** A command in the list of all; its file is read only when it runs, or its own help is asked for. */
export interface CommandEntry {
  readonly name: string;
  /** One line of the help. */
  readonly about: string;
  /** The heading it stands under in the help. */
  readonly group: string;
  readonly load: () => Promise<DefinedCommand>;
}

const training = 'Train:';
const using = 'Use a trained network:';
const keeping = 'Manage:';
const looking = 'Watch:';

/** Every command of `escriba`, in the order of its help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'train',
    about: 'train a network on a text',
    group: training,
    load: async () => (await import('./commands/train.ts')).train,
  },
  {
    name: 'resume',
    about: 'resume a run from its last checkpoint, or train it further',
    group: training,
    load: async () => (await import('./commands/resume.ts')).resume,
  },
  {
    name: 'join',
    about: 'compute for a training of another machine (torch engine)',
    group: training,
    load: async () => (await import('./commands/join.ts')).join,
  },
  {
    name: 'stop',
    about: 'stop a run in progress, saving a checkpoint',
    group: training,
    load: async () => (await import('./commands/stop.ts')).stop,
  },
  {
    name: 'pause',
    about: 'pause a run until it is resumed',
    group: training,
    load: async () => (await import('./commands/pause.ts')).pause,
  },
  {
    name: 'checkpoint',
    about: 'save a checkpoint of a run in progress now',
    group: training,
    load: async () => (await import('./commands/checkpoint.ts')).checkpoint,
  },
  {
    name: 'serve',
    about: 'show or choose the active run of a text: the one that writes and answers',
    group: using,
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'dashboard',
    about: 'open the dashboard: train, watch, compare and look inside (same as `escriba` alone)',
    group: looking,
    load: async () => (await import('./commands/dashboard.ts')).dashboard,
  },
  {
    name: 'watch',
    about: 'follow a training run until it ends',
    group: looking,
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  {
    name: 'write',
    about: 'write text with a trained network',
    group: using,
    load: async () => (await import('./commands/write.ts')).write,
  },
  {
    name: 'score',
    about: 'measure how surprising a text is, in bits per character',
    group: using,
    load: async () => (await import('./commands/score.ts')).score,
  },
  {
    name: 'evaluate',
    about: 'measure a network on held-out text, in bits per character',
    group: using,
    load: async () => (await import('./commands/evaluate.ts')).evaluate,
  },
  {
    name: 'bot',
    about: 'run the Discord bot, or try it in this terminal (--console)',
    group: using,
    load: async () => (await import('./commands/bot.ts')).bot,
  },
  {
    name: 'export',
    about: 'export a network for PyTorch or an ONNX runtime',
    group: using,
    load: async () => (await import('./commands/export.ts')).exportModel,
  },
  {
    name: 'import',
    about: 'import a network from a .safetensors file',
    group: using,
    load: async () => (await import('./commands/import.ts')).importModel,
  },
  {
    name: 'runs',
    about: 'list all runs',
    group: keeping,
    load: async () => (await import('./commands/runs.ts')).runs,
  },
  {
    name: 'show',
    about: 'show everything about a run',
    group: keeping,
    load: async () => (await import('./commands/show.ts')).show,
  },
  {
    name: 'rename',
    about: 'name a run, or remove its name',
    group: keeping,
    load: async () => (await import('./commands/rename.ts')).rename,
  },
  {
    name: 'note',
    about: 'add a note to a run, or remove it',
    group: keeping,
    load: async () => (await import('./commands/note.ts')).note,
  },
  {
    name: 'pin',
    about: 'list a run above the others (--off to unpin it)',
    group: keeping,
    load: async () => (await import('./commands/pin.ts')).pin,
  },
  {
    name: 'delete',
    about: 'delete a run and its checkpoints',
    group: keeping,
    load: async () => (await import('./commands/delete.ts')).deleteCommand,
  },
  {
    name: 'corpus',
    about: 'list, add, fetch and remove the texts to train on',
    group: keeping,
    load: async () => (await import('./commands/corpus.ts')).corpus,
  },
  {
    name: 'completion',
    about: 'print a completion script for your shell',
    group: keeping,
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  {
    name: 'doctor',
    about: 'check the installation and explain how to fix problems',
    group: keeping,
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
];
