import { keyScope } from '../../keys/scope.ts';
import { chartBindings } from '../charts/chart-keys.ts';

export const runsKeys = keyScope('screen', {
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
  ...chartBindings,
  up: { keys: ['up', 'k'], label: '', help: 'The run above' },
  down: { keys: ['down', 'j'], label: '', help: 'The run below' },
  pageUp: { keys: ['pageup', 'ctrl-b'], label: '', help: 'A page up' },
  pageDown: { keys: ['pagedown', 'ctrl-f'], label: '', help: 'A page down' },
  first: { keys: ['home', 'g'], label: '', help: 'The first run' },
  last: { keys: ['end', 'G'], label: '', help: 'The last run' },
});

export const runKeys = keyScope('screen', {
  close: { keys: ['escape', 'enter'], label: 'back', help: 'Back to the list' },
  older: { keys: ['down', 'j'], label: 'older samples', help: 'Down the page' },
  newer: { keys: ['up', 'k'], label: '', help: 'Up the page' },
});
