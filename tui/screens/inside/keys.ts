import { keyScope } from '../../keys/scope.ts';

export const insideKeys = keyScope('screen', {
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
});
