import { keyScope } from '../../keys/scope.ts';

export const helpKeys = keyScope('screen', {
  down: { keys: ['down', 'j', 'pagedown', 'space'], label: 'more', help: 'Down the page' },
  up: { keys: ['up', 'k', 'pageup'], label: '', help: 'Up the page' },
  close: { keys: ['escape'], label: 'back', help: 'Back to the screen' },
});
