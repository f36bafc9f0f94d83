import { keyScope } from '../../keys/scope.ts';
import { chartBindings } from '../charts/chart-keys.ts';

export const runsKeys = keyScope('screen', {
  open: {
    keys: ['enter'],
    label: 'details',
    help: 'Everything about the run: configuration and samples',
  },
  mark: {
    keys: ['space', 'm'],
    label: 'mark',
    help: 'Mark the run: the curves of the last four are drawn together',
  },
  markAll: { keys: ['M'], label: '', help: 'Mark all runs of the list' },
  serve: {
    keys: ['v'],
    label: 'serve',
    help: 'Choose which run writes for this text: automatic, or this one',
  },
  resume: { keys: ['r'], label: 'resume', help: 'Resume the run' },
  remove: {
    keys: ['d'],
    label: 'delete',
    help: 'Delete the run, or all that are marked (asks first); they go when the dashboard is left',
  },
  undo: { keys: ['u'], label: 'undelete', help: 'Bring back the run that was deleted last' },
  save: {
    keys: ['e'],
    label: 'export',
    help: 'Export the network to a file, or those of all that are marked',
  },
  name: { keys: ['#'], label: 'name', help: 'Name the run' },
  note: { keys: ['t'], label: 'note', help: 'Write a note on the run, or on all that are marked' },
  pin: { keys: ['p'], label: 'pin', help: 'Pin the run, or all that are marked, to the top' },
  sort: { keys: ['o'], label: 'sort', help: 'Sort by age, bits per character, text or size' },
  filter: {
    keys: ['/'],
    label: 'filter',
    help: 'Show only the runs with these words, or fields: cell:gru state:stopped b<1.5',
  },
  clear: { keys: ['escape'], label: 'clear', help: 'Clear the filter, then the marks' },
  ...chartBindings,
  up: { keys: ['up', 'k', 'wheel-up'], label: '', help: 'The run above' },
  down: { keys: ['down', 'j', 'wheel-down'], label: '', help: 'The run below' },
  pageUp: { keys: ['pageup', 'ctrl-b'], label: '', help: 'A page up' },
  pageDown: { keys: ['pagedown', 'ctrl-f'], label: '', help: 'A page down' },
  first: { keys: ['home', 'g'], label: '', help: 'The first run' },
  last: { keys: ['end', 'G'], label: '', help: 'The last run' },
});

export const runKeys = keyScope('screen', {
  close: { keys: ['escape', 'enter'], label: 'back', help: 'Back to the list' },
  older: { keys: ['down', 'j', 'wheel-down'], label: 'older samples', help: 'Down the page' },
  newer: { keys: ['up', 'k', 'wheel-up'], label: '', help: 'Up the page' },
});
