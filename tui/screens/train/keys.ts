import { keyScope } from '../../keys/scope.ts';

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
  axis: { keys: ['x'], label: 'time/steps/passes', help: 'Draw against time, steps or passes' },
  older: { keys: ['left', 'h'], label: 'older run', help: 'Look at the run before' },
  newer: { keys: ['right', 'l'], label: 'newer run', help: 'Look at the run after' },
  moreSamples: { keys: ['down', 'j'], label: '', help: 'Older samples' },
  fewerSamples: { keys: ['up', 'k'], label: '', help: 'Newer samples' },
  graph: { keys: ['g'], label: '', help: 'Draw charts with braille or with blocks' },
});
