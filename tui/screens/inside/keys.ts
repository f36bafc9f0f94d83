import { keyScope } from '../../keys/scope.ts';

export const insideKeys = keyScope('screen', {
  step: { keys: ['space'], label: 'step', help: 'Read or draw the next token' },
  run: { keys: ['r'], label: 'run', help: 'Run by itself, or pause' },
  view: {
    keys: ['tab', 'v'],
    label: 'view',
    help: 'Switch between the cell, the loop, the formats and the map',
  },
  format: { keys: ['f'], label: 'format', help: 'One to many, many to one, many to many' },
  seed: { keys: ['i'], label: 'type a text', help: 'Type the text to read' },
  older: { keys: ['M'], label: '', help: 'The model before' },
  newer: { keys: ['m'], label: 'model', help: 'The model after' },
  unitBefore: {
    keys: ['left', 'h'],
    label: 'unit',
    help: 'Follow one unit of the cell through the steps: the unit before',
  },
  unitAfter: { keys: ['right', 'l'], label: '', help: 'Follow one unit: the unit after' },
  noUnit: { keys: ['escape'], label: 'formulas', help: 'Follow no unit any more' },
  layer: { keys: ['y'], label: 'layer', help: 'The next layer' },
  find: {
    keys: ['/'],
    label: 'find',
    help: 'Find a token on the map by typing it, or a unit of the cell by its number',
  },
  up: {
    keys: ['up', 'k'],
    label: '',
    help: 'Another token of the map, or a higher temperature',
  },
  down: {
    keys: ['down', 'j'],
    label: '',
    help: 'Another token of the map, or a lower temperature',
  },
  again: {
    keys: ['0'],
    label: '',
    help: 'Start again from a hidden state of zero, with the newest checkpoint',
  },
});
