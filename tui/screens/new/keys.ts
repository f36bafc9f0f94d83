import { keyScope } from '../../keys/scope.ts';

export const formKeys = keyScope('screen', {
  start: { keys: ['enter'], label: 'start', help: 'Start the training' },
  next: { keys: ['down', 'tab', 'j', 'wheel-down'], label: 'next', help: 'The field below' },
  before: { keys: ['up', 'shift-tab', 'k', 'wheel-up'], label: '', help: 'The field above' },
  less: { keys: ['left', 'h'], label: 'change', help: 'The choice before, or a smaller number' },
  more: { keys: ['right', 'l'], label: '', help: 'The choice after, or a larger number' },
  options: {
    keys: ['o'],
    label: 'more options',
    help: 'Turn to the other options, or back to the first',
  },
  text: { keys: ['t'], label: 'add a text', help: 'Fetch a book, or add a text of your own' },
  type: { keys: ['i'], label: 'type', help: 'Type a value' },
  digit: {
    keys: [...'0123456789.'],
    label: '',
    help: 'Type a number, where the field takes one',
    shadows: true,
  },
  measure: {
    keys: ['m'],
    label: 'measure',
    help: 'Measure the speed while another training runs, or again where that failed',
  },
});
