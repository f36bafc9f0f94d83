import { expect, test } from 'vitest';
import { repeatCommand } from '../../src/run/train-command.ts';
import { createRun } from '../../src/store/run-lifecycle.ts';
import { getRun } from '../../src/store/runs.ts';
import { newRun, noon } from '../store/rows.ts';
import { temporaryStore } from '../store/temporary.ts';

test('the command that repeats a run has all that was chosen for it, the BPE-dropout too', () => {
  const store = temporaryStore();
  const settings = newRun.settings && { ...newRun.settings, bpeDropout: 0.05 };
  const repeats = [newRun, { ...newRun, settings }].map((each) =>
    repeatCommand(getRun(store, createRun(store, each, noon).run, noon)),
  );
  const shape = 'escriba train bible --cell lstm --hidden 8 --layers 1 --embedding one-hot';
  const before = `${shape} --tokenizer char --batch 2 --unroll 8 --dropout 0.1 --recurrent-dropout 0`;
  const after = '--clip 1 --hold-out units --steps 1000 --random-seed 7 --threads 2 --engine onnx';
  expect(repeats).toEqual([
    `${before} --lr 0.002 --weight-decay 0.01 ${after}`,
    `${before} --bpe-dropout 0.05 --lr 0.002 --weight-decay 0.01 ${after}`,
  ]);
});
