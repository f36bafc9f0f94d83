import { type OnnxValue, onnxFile } from '../graph/onnx/model-file.ts';
import { Scope } from '../graph/onnx/scope.ts';
import type { Formula } from '../simd/kernel.ts';
import { type AdamName, adamScalarNames, adamUpdate, trainableArrays } from './optimizer.ts';
import { parameterShapes } from './parameters.ts';
import { tensorNames } from './training-graph.ts';

const operators = { add: 'Add', sub: 'Sub', mul: 'Mul', div: 'Div', sqrt: 'Sqrt' } as const;

/**
 * Adam's step for all parameters as an `.onnx` file, for what cannot compute in place: of `trainableArrays`, the
 * gradients and `adamScalars` (each of the shape []) it makes the arrays after the step, as `next.…`.
 */
export function updateFile(setup: Parameters<typeof trainableArrays>[0]): Uint8Array {
  const scope = new Scope('columns', { target: 'card' });
  const kept = trainableArrays(setup).map((each): OnnxValue => ({ ...each, type: 'float' }));
  const gradients = parameterShapes(setup.config).map(
    ({ name, shape }): OnnxValue => ({ name: tensorNames.gradient(name), type: 'float', shape }),
  );
  const numbers = adamScalarNames.filter((name) => setup.keepsEma || name !== 'emaWeight');
  for (const { name, decays } of parameterShapes(setup.config)) {
    const named: Partial<Record<AdamName, string>> = {
      ...Object.fromEntries(numbers.map((number) => [number, number])),
      ...(decays ? {} : { decay: scope.constant('float', [], [0]) }),
      g: tensorNames.gradient(name),
      w: name,
      m: tensorNames.m(name),
      v: tensorNames.v(name),
      average: tensorNames.average(name),
    };
    for (const [array, formula] of adamUpdate(setup.keepsEma)) {
      const after = tensorNames.next(named[array] ?? '');
      scope.emit('Identity', [emitFormula(formula, named, scope)], {}, after);
      named[array] = after;
    }
  }
  return onnxFile(
    scope.graph(
      [
        ...kept,
        ...gradients,
        ...numbers.map((name): OnnxValue => ({ name, type: 'float', shape: [] })),
      ],
      kept.map((each) => ({ ...each, name: tensorNames.next(each.name) })),
    ),
  );
}

function emitFormula(
  formula: Formula<AdamName>,
  named: Partial<Record<AdamName, string>>,
  scope: Scope,
): string {
  if (typeof formula === 'string') return named[formula] ?? '';
  const [operation, ...operands] = formula;
  const inputs = operands.map((operand) => emitFormula(operand, named, scope));
  return scope.emit(operators[operation], inputs);
}
