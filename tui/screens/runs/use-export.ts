import type { Run } from '../../../src/store/runs.ts';
import { editOf, type TextEdit } from '../../keys/text-edit.ts';
import { runOnce } from '../../processes/program.ts';
import { useProgram } from '../../program.ts';
import { useShell } from '../../shell/shell.ts';
import { useTypedText } from '../../widgets/text-field.ts';
import { exportFiles } from './export-file.ts';

/** Asks for a file's name and exports a run to it, or several, one after the other: the field while one types, what it asks, and what begins it. */
export function useExport(runs: readonly Run[]): {
  readonly edit: TextEdit | undefined;
  readonly asked: string;
  readonly begin: () => void;
} {
  const { watch } = useProgram();
  const shell = useShell();
  const isOne = runs.length === 1;
  const { edit, begin } = useTypedText((typed) => {
    if (runs.length === 0 || typed.trim() === '') return;
    shell.attempt(() => {
      const files = exportFiles(typed, runs);
      const there = files.filter(({ exists }) => exists);
      const [first] = there;
      const write = () => exportNext(files, 0);
      if (!first) write();
      else if (there.length === 1)
        shell.ask({ text: `${first.path} exists. Overwrite it?`, yes: write });
      else shell.ask({ text: `${there.length} of the files exist. Overwrite them?`, yes: write });
    });
  });
  const exportNext = (files: ReturnType<typeof exportFiles>, done: number) => {
    const next = files[done];
    if (!next) {
      if (!isOne) shell.tell({ kind: 'done', text: `Exported ${files.length} runs.` });
      return;
    }
    const { run, path } = next;
    const place = files.length > 1 ? ` (${done + 1} of ${files.length})` : '';
    shell.tell({ kind: 'note', text: `Exporting run ${run}${place}…` });
    runOnce(['export', String(run), '--to', path], watch.store.path, {
      onEnd: (outcome) => {
        // The first that fails ends it: what it says would go under in what the next one says.
        if (outcome.kind === 'failed' || files.length === 1) shell.tell(outcome);
        else exportNext(files, done + 1);
      },
    });
  };
  const [run] = runs;
  return {
    edit,
    asked: isOne
      ? 'Export to (.safetensors or .onnx)'
      : `Export ${runs.length} runs to (* becomes text and number)`,
    begin: () => begin(editOf(isOne ? `${run?.corpus}-${run?.id}.safetensors` : `*.safetensors`)),
  };
}
