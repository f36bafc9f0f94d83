import { books } from '../../../data/books.ts';
import { keyScope } from '../../keys/scope.ts';
import { chartBindings } from '../charts/chart-keys.ts';

export const trainKeys = keyScope('screen', {
  dismiss: {
    keys: ['escape'],
    label: 'dismiss',
    help: 'Dismiss the note that a training did not start',
  },
  begin: {
    keys: ['enter'],
    label: 'train for a minute',
    help: `Before the first training: train a small network on ${books[0].titlesInSentence.en} for a minute`,
  },
  pause: { keys: ['p'], label: 'pause', help: 'Pause the training' },
  goOn: { keys: ['p'], label: 'continue', help: 'Continue a paused training' },
  resume: {
    keys: ['r'],
    label: 'resume',
    help: 'Resume a training that was stopped or died',
  },
  stop: {
    keys: ['s'],
    label: 'stop',
    help: 'Stop the training (asks first; saves a checkpoint)',
  },
  checkpoint: { keys: ['c'], label: 'checkpoint', help: 'Save a checkpoint now' },
  sample: {
    keys: ['w'],
    label: 'write now',
    help: 'Have the network write now, from a seed of your own',
  },
  log: {
    keys: ['tab'],
    label: 'log',
    help: 'The log of the training, or its samples again',
  },
  unqueue: {
    keys: ['u'],
    label: 'unqueue',
    help: 'Take the training that was queued last out of the queue',
  },
  other: {
    keys: ['o'],
    label: 'other training',
    help: 'Show the other run that is training',
  },
  older: { keys: ['left', 'h'], label: 'older run', help: 'Show the run before' },
  newer: { keys: ['right', 'l'], label: 'newer run', help: 'Show the run after' },
  ...chartBindings,
  back: {
    keys: ['['],
    label: 'read off',
    help: 'Move the cursor of the chart back, and read it off',
  },
  forward: { keys: [']'], label: '', help: 'Move the cursor of the chart forward' },
  cursorOff: { keys: ['escape'], label: 'cursor off', help: 'Take the cursor off the chart' },
  bell: {
    keys: ['b'],
    label: '',
    help: 'Ring the bell and notify (OSC 9) when a training ends, or do not',
  },
  moreSamples: {
    keys: ['down', 'j', 'wheel-down'],
    label: '',
    help: 'Older samples, or lines of the log',
  },
  fewerSamples: {
    keys: ['up', 'k', 'wheel-up'],
    label: '',
    help: 'Newer samples, or lines of the log',
  },
  graph: { keys: ['g'], label: '', help: 'Draw charts with braille or with blocks' },
});
