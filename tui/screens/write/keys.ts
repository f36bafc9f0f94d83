import { keyScope } from '../../keys/scope.ts';

export const writeKeys = keyScope('screen', {
  write: { keys: ['enter', 'space'], label: 'write', help: 'Write a text' },
  halt: { keys: ['escape'], label: 'stop writing', help: 'Stop writing' },
  seed: { keys: ['i', 's'], label: 'seed', help: 'Type the seed that the text starts with' },
  next: { keys: ['down', 'tab', 'j'], label: 'options', help: 'The option below' },
  before: { keys: ['up', 'shift-tab', 'k'], label: '', help: 'The option above' },
  less: { keys: ['left', 'h'], label: '', help: 'The choice before, or a smaller number' },
  more: { keys: ['right', 'l'], label: '', help: 'The choice after, or a larger number' },
  pageUp: { keys: ['pageup', 'ctrl-b', 'wheel-up'], label: '', help: 'Up the text' },
  pageDown: { keys: ['pagedown', 'ctrl-f', 'wheel-down'], label: '', help: 'Down the text' },
  model: { keys: ['m'], label: 'model', help: 'Choose the model from a list' },
  compare: {
    keys: ['b'],
    label: 'side by side',
    help: 'Two texts side by side: two models, or two temperatures',
  },
  copy: { keys: ['c'], label: 'copy', help: 'Copy the text to the clipboard (OSC 52)' },
  save: { keys: ['e'], label: 'save', help: 'Save the text to a file' },
  reply: {
    keys: ['r'],
    label: 'as the bot',
    help: 'Ask the bot for it, to see the reply that it would give',
  },
});
