/** A key, or several, and what it does. */
export interface Binding {
  /** By the names that `keysOf` gives them; the first is the one that is shown. */
  readonly keys: readonly string[];
  /** What the footer says; nothing keeps it out of the footer. */
  readonly label: string;
  /** What the help says. */
  readonly help: string;
}

/**
 * Every key of the program, by where it works and in the order of their weight: a footer shows as many as fit. The
 * help, the footers and the list in the documentation are made from this table.
 */
export const keyTable = {
  question: {
    yes: { keys: ['y'], label: 'yes', help: 'Do what the question asks' },
    no: { keys: ['n', 'escape'], label: 'no', help: 'Leave it' },
  },
  typing: {
    finish: { keys: ['enter'], label: 'done', help: 'Take what was typed' },
    leave: { keys: ['escape'], label: 'leave it', help: 'Leave the field' },
  },
  train: {
    dismiss: {
      keys: ['escape'],
      label: 'take note',
      help: 'Take note that a training did not begin',
    },
    begin: {
      keys: ['enter'],
      label: 'train on the Bible for a minute',
      help: 'Where nothing was trained yet: train a small network on the Bible for a minute',
    },
    pause: { keys: ['p'], label: 'pause', help: 'Let the training wait' },
    goOn: { keys: ['p'], label: 'go on', help: 'Let a waiting training go on' },
    resume: {
      keys: ['r'],
      label: 'resume',
      help: 'Take up again a training that was stopped or died',
    },
    stop: {
      keys: ['s'],
      label: 'stop',
      help: 'Stop the training (asks first; it keeps a checkpoint)',
    },
    checkpoint: { keys: ['c'], label: 'checkpoint', help: 'Keep a checkpoint now' },
    sample: {
      keys: ['w'],
      label: 'write now',
      help: 'Let the network write now, from a seed of your own',
    },
    axis: { keys: ['x'], label: 'time/steps/passes', help: 'Draw against time, steps or passes' },
    older: { keys: ['left', 'h'], label: 'older run', help: 'Look at the run before' },
    newer: { keys: ['right', 'l'], label: 'newer run', help: 'Look at the run after' },
    moreSamples: { keys: ['down', 'j'], label: '', help: 'Older samples' },
    fewerSamples: { keys: ['up', 'k'], label: '', help: 'Newer samples' },
    graph: { keys: ['g'], label: '', help: 'Draw charts with braille or with blocks' },
  },
  runs: {
    open: {
      keys: ['enter'],
      label: 'details',
      help: 'All of the run: its configuration and its samples',
    },
    mark: {
      keys: ['space', 'm'],
      label: 'mark',
      help: 'Mark the run, four at most: their curves are laid over each other',
    },
    serve: {
      keys: ['v'],
      label: 'serve',
      help: 'Choose which run writes for this text: the latest, the best, or this one',
    },
    resume: { keys: ['r'], label: 'resume', help: 'Take the run up again' },
    remove: { keys: ['d'], label: 'delete', help: 'Delete the run (asks first)' },
    save: { keys: ['e'], label: 'export', help: 'Write the network to a file' },
    sort: { keys: ['o'], label: 'order', help: 'Order by age, bits per character, text or size' },
    filter: { keys: ['/'], label: 'filter', help: 'Show only the runs that have these words' },
    up: { keys: ['up', 'k'], label: '', help: 'The run above' },
    down: { keys: ['down', 'j'], label: '', help: 'The run below' },
    pageUp: { keys: ['pageup', 'ctrl-b'], label: '', help: 'A page up' },
    pageDown: { keys: ['pagedown', 'ctrl-f'], label: '', help: 'A page down' },
    first: { keys: ['home', 'g'], label: '', help: 'The first run' },
    last: { keys: ['end', 'G'], label: '', help: 'The last run' },
  },
  run: {
    close: { keys: ['escape', 'enter'], label: 'back', help: 'Back to the list' },
    older: { keys: ['down', 'j'], label: 'older samples', help: 'Down the page' },
    newer: { keys: ['up', 'k'], label: '', help: 'Up the page' },
  },
  choice: {
    take: { keys: ['enter'], label: 'choose', help: 'Take this one' },
    close: { keys: ['escape'], label: 'leave it', help: 'Leave the choice as it is' },
    up: { keys: ['up', 'k'], label: '', help: 'The choice above' },
    down: { keys: ['down', 'j'], label: '', help: 'The choice below' },
  },
  form: {
    start: { keys: ['enter'], label: 'start', help: 'Start the training' },
    next: { keys: ['down', 'tab', 'j'], label: 'next', help: 'The field below' },
    before: { keys: ['up', 'shift-tab', 'k'], label: '', help: 'The field above' },
    less: { keys: ['left', 'h'], label: 'change', help: 'The choice before, or a smaller number' },
    more: { keys: ['right', 'l'], label: '', help: 'The choice after, or a larger number' },
    type: { keys: ['i'], label: 'type', help: 'Type a value' },
    measure: {
      keys: ['m'],
      label: 'measure',
      help: 'Measure the speed while another training runs, or again where that failed',
    },
  },
  write: {
    write: { keys: ['enter', 'space'], label: 'write', help: 'Write a text' },
    halt: { keys: ['escape'], label: 'stop writing', help: 'Stop writing' },
    seed: { keys: ['i', 's'], label: 'seed', help: 'Type the seed that the text begins with' },
    next: { keys: ['down', 'tab', 'j'], label: 'options', help: 'The option below' },
    before: { keys: ['up', 'shift-tab', 'k'], label: '', help: 'The option above' },
    less: { keys: ['left', 'h'], label: '', help: 'The choice before, or a smaller number' },
    more: { keys: ['right', 'l'], label: '', help: 'The choice after, or a larger number' },
    pageUp: { keys: ['pageup', 'ctrl-b'], label: '', help: 'Up the text' },
    pageDown: { keys: ['pagedown', 'ctrl-f'], label: '', help: 'Down the text' },
    compare: {
      keys: ['b'],
      label: 'side by side',
      help: 'Two texts side by side: two models, or two temperatures',
    },
    reply: {
      keys: ['r'],
      label: 'as the bot',
      help: 'Ask the bot for it: the reply that it would give',
    },
  },
  inside: {
    step: { keys: ['space'], label: 'step', help: 'Read or draw one character more' },
    run: { keys: ['r'], label: 'run', help: 'Go on by itself, or wait' },
    view: {
      keys: ['tab', 'v'],
      label: 'view',
      help: 'The cell, the loop, the formats, the map of the characters',
    },
    seed: { keys: ['i'], label: 'type a text', help: 'Type the text that it reads' },
    older: { keys: ['left', 'h'], label: 'model', help: 'The model before' },
    newer: { keys: ['right', 'l'], label: '', help: 'The model after' },
    layer: { keys: ['y'], label: 'layer', help: 'The next layer' },
    format: { keys: ['f'], label: 'format', help: 'One to many, many to one, many to many' },
    up: { keys: ['up', 'k'], label: '', help: 'Another character of the map, or hotter drawing' },
    down: {
      keys: ['down', 'j'],
      label: '',
      help: 'Another character of the map, or cooler drawing',
    },
    again: {
      keys: ['0'],
      label: '',
      help: 'Begin again with a hidden state of zero, and with what the network has learnt by now',
    },
  },
  bot: {
    console: {
      keys: ['i', '/'],
      label: 'console',
      help: 'Type a command of the bot: /bible seed:Henrique',
    },
    start: { keys: ['s'], label: 'start', help: 'Start the bot' },
    stop: { keys: ['x'], label: 'stop', help: 'Stop the bot (asks first)' },
    other: { keys: ['tab'], label: 'log or console', help: 'The log, or the console' },
    up: { keys: ['up', 'k'], label: '', help: 'Up the log' },
    down: { keys: ['down', 'j'], label: '', help: 'Down the log' },
  },
  help: {
    down: { keys: ['down', 'j', 'pagedown', 'space'], label: 'more', help: 'Down the page' },
    up: { keys: ['up', 'k', 'pageup'], label: '', help: 'Up the page' },
    close: { keys: ['escape'], label: 'back', help: 'Back to where you were' },
  },
  everywhere: {
    train: { keys: ['1'], label: '', help: 'Train: the training under way' },
    runs: { keys: ['2'], label: '', help: 'Runs: all that was trained' },
    new: { keys: ['n', '3'], label: 'new training', help: 'New: begin a training' },
    write: { keys: ['4'], label: '', help: 'Write: let a model write' },
    inside: { keys: ['5'], label: '', help: 'Inside: how a network works, step by step' },
    bot: { keys: ['6'], label: '', help: 'Bot: how the Discord bot does' },
    help: { keys: ['?', 'ctrl-g'], label: 'help', help: 'These pages; Ctrl-G also while typing' },
    quit: {
      keys: ['q', 'ctrl-c'],
      label: 'quit',
      help: 'Leave; trainings go on. Ctrl-C also while typing',
    },
    suspend: {
      keys: ['ctrl-z'],
      label: '',
      help: 'Give the terminal back to the shell for a while (`fg` returns)',
    },
  },
} as const satisfies Record<string, Record<string, Binding>>;

export type Scope = keyof typeof keyTable;
export type ActionOf<S extends Scope> = keyof (typeof keyTable)[S] & string;

/** What a key is called on the screen: `←`, `Enter`, `Ctrl-C`. */
export function keyName(key: string): string {
  const named = names[key];
  if (named) return named;
  return key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key;
}

const names: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
};

/** The bindings of a scope in the order of the table. */
export function bindingsOf(scope: Scope): { readonly action: string; readonly binding: Binding }[] {
  return Object.entries(keyTable[scope]).map(([action, binding]) => ({ action, binding }));
}
