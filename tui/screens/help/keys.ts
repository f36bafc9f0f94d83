import { keyScope } from '../../keys/scope.ts';

export const helpKeys = keyScope('screen', {
  down: {
    keys: ['down', 'j', 'pagedown', 'space', 'wheel-down'],
    label: 'more',
    help: 'Down the page',
  },
  up: { keys: ['up', 'k', 'pageup', 'wheel-up'], label: '', help: 'Up the page' },
  close: { keys: ['escape'], label: 'back', help: 'Back to the screen' },
});
