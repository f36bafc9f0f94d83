import { keyScope } from '../../keys/scope.ts';
import { chartBindings } from '../charts/chart-keys.ts';

export const trainKeys = keyScope('screen', {
  dismiss: {
    keys: ['escape'],
    label: 'take note',
    help: 'Take note that a training did not begin',
  },
  begin: {
    keys: ['enter'],
    label: 'train on the Bible for a minute',
    help: 'Where nothing was trained yet: train a small network on the Bible for a minute',
  },
  pause: { keys: ['p'], label: 'pause', help: 'Let the training wait' },
  goOn: { keys: ['p'], label: 'go on', help: 'Let a waiting training go on' },
  resume: {
    keys: ['r'],
    label: 'resume',
    help: 'Take up again a training that was stopped or died',
  },
  stop: {
    keys: ['s'],
    label: 'stop',
    help: 'Stop the training (asks first; it keeps a checkpoint)',
  },
  checkpoint: { keys: ['c'], label: 'checkpoint', help: 'Keep a checkpoint now' },
  sample: {
    keys: ['w'],
    label: 'write now',
    help: 'Let the network write now, from a seed of your own',
  },
  ...chartBindings,
  back: {
    keys: ['['],
    label: 'read off',
    help: 'Move the cursor of the chart back, and read it off',
  },
  forward: { keys: [']'], label: '', help: 'Move the cursor of the chart forward' },
  cursorOff: { keys: ['escape'], label: 'cursor off', help: 'Take the cursor off the chart' },
  other: {
    keys: ['o'],
    label: 'other training',
    help: 'Look at the other run that is being trained',
  },
  older: { keys: ['left', 'h'], label: 'older run', help: 'Look at the run before' },
  newer: { keys: ['right', 'l'], label: 'newer run', help: 'Look at the run after' },
  moreSamples: { keys: ['down', 'j'], label: '', help: 'Older samples' },
  fewerSamples: { keys: ['up', 'k'], label: '', help: 'Newer samples' },
  graph: { keys: ['g'], label: '', help: 'Draw charts with braille or with blocks' },
});
