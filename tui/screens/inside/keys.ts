import { keyScope } from '../../keys/scope.ts';

export const insideKeys = keyScope('screen', {
  step: { keys: ['space'], label: 'step', help: 'Read or draw the next character' },
  run: { keys: ['r'], label: 'run', help: 'Run by itself, or pause' },
  view: {
    keys: ['tab', 'v'],
    label: 'view',
    help: 'Switch between the cell, the loop, the formats and the map',
  },
  seed: { keys: ['i'], label: 'type a text', help: 'Type the text to read' },
  older: { keys: ['left', 'h'], label: 'model', help: 'The model before' },
  newer: { keys: ['right', 'l'], label: '', help: 'The model after' },
  layer: { keys: ['y'], label: 'layer', help: 'The next layer' },
  format: { keys: ['f'], label: 'format', help: 'One to many, many to one, many to many' },
  find: { keys: ['/'], label: 'find', help: 'Find a character on the map by typing it' },
  up: {
    keys: ['up', 'k'],
    label: '',
    help: 'Another character of the map, or a higher temperature',
  },
  down: {
    keys: ['down', 'j'],
    label: '',
    help: 'Another character of the map, or a lower temperature',
  },
  again: {
    keys: ['0'],
    label: '',
    help: 'Start again from a hidden state of zero, with the newest checkpoint',
  },
});
