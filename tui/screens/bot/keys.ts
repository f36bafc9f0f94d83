import { keyScope } from '../../keys/scope.ts';

export const botKeys = keyScope('screen', {
  console: {
    keys: ['i', '/'],
    label: 'console',
    help: 'Type a command of the bot: /bible seed:Henrique',
  },
  again: { keys: ['a'], label: 'again', help: 'Press the button Again of the last answer' },
  more: { keys: ['c'], label: 'continue', help: 'Press the button Continue of the last answer' },
  remove: { keys: ['d'], label: 'delete', help: 'Press the button Delete of the last answer' },
  start: { keys: ['s'], label: 'start', help: 'Start the bot' },
  stop: { keys: ['x'], label: 'stop', help: 'Stop the bot (asks first)' },
  link: {
    keys: ['l'],
    label: 'copy link',
    help: 'Copy the link that adds the bot to a server (OSC 52)',
  },
  other: { keys: ['tab'], label: 'log or console', help: 'The log, or the console' },
  up: { keys: ['up', 'k', 'wheel-up'], label: '', help: 'Up the log' },
  down: { keys: ['down', 'j', 'wheel-down'], label: '', help: 'Down the log' },
});

/** While a command is typed. */
export const consoleKeys = keyScope('typing', {
  complete: { keys: ['tab'], label: '', help: 'Complete the command, while it is typed' },
  earlier: { keys: ['up'], label: '', help: 'The command typed before' },
  later: { keys: ['down'], label: '', help: 'The command typed after' },
});
