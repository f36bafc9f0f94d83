import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

// The part of the ONNX file format that a graph needs. Field numbers are those of onnx.proto3.

/** Element types as TensorProto.DataType numbers them. */
export const elementTypeNumbers = { float: 1, uint8: 2, int8: 3, int64: 7, double: 11 } as const;
type ElementTypeName = keyof typeof elementTypeNumbers;

/** An input or output of a graph. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementTypeName;
  /** A string names a dimension that is known only when the graph runs. */
  readonly shape: readonly (number | string)[];
}

/** A value that lies in the file. */
export interface OnnxConstant extends OnnxValue {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** One operation, by the names of what it takes and gives. */
export interface OnnxNode {
  readonly operator: string;
  /** Whose operator it is, where it is not one of ONNX itself. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** A number is an integer, a list of numbers one of integers. */
export type OnnxAttribute = number | string | readonly number[] | OnnxGraph | OnnxConstant;

/** The nodes of a file or of a loop's body, each after those it takes from. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly OnnxConstant[];
}

/**
 * The bytes of an `.onnx` file: IR version 8, operator set 17, which every current runtime reads, and version 1 of
 * any other set that a node of the graph is from.
 */
export function onnxFile(graph: OnnxGraph): Uint8Array {
  const writer = new BinaryWriter();
  writer.uint32(1 << 3).int64(8);
  writer.uint32((2 << 3) | WireType.LengthDelimited).string('escriba');
  message(writer, 7, () => writeGraph(writer, graph));
  const others = graph.nodes.flatMap(({ domain }) => domain ?? []);
  for (const domain of ['', ...new Set(others)]) {
    message(writer, 8, () => {
      text(writer, 1, domain);
      writer.uint32(2 << 3).int64(domain === '' ? 17 : 1);
    });
  }
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, 'graph');
  for (const constant of graph.constants) message(writer, 5, () => writeTensor(writer, constant));
  for (const value of graph.inputs) message(writer, 11, () => writeValue(writer, value));
  for (const value of graph.outputs) message(writer, 12, () => writeValue(writer, value));
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const name of node.inputs) text(writer, 1, name);
  for (const name of node.outputs) text(writer, 2, name);
  text(writer, 4, node.operator);
  if (node.domain !== undefined) text(writer, 7, node.domain);
  for (const [name, attribute] of Object.entries(node.attributes ?? {})) {
    message(writer, 5, () => writeAttribute(writer, name, attribute));
  }
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: OnnxAttribute): void {
  text(writer, 1, name);
  if (typeof attribute === 'number') {
    writer.uint32(3 << 3).int64(attribute);
    writer.uint32(20 << 3).int32(2);
  } else if (typeof attribute === 'string') {
    text(writer, 4, attribute);
    writer.uint32(20 << 3).int32(3);
  } else if ('nodes' in attribute) {
    message(writer, 6, () => writeGraph(writer, attribute));
    writer.uint32(20 << 3).int32(5);
  } else if ('shape' in attribute) {
    message(writer, 5, () => writeTensor(writer, attribute));
    writer.uint32(20 << 3).int32(4);
  } else {
    for (const value of attribute) writer.uint32(8 << 3).int64(value);
    writer.uint32(20 << 3).int32(7);
  }
}

function writeTensor(writer: BinaryWriter, constant: OnnxConstant): void {
  for (const size of constant.shape) writer.uint32(1 << 3).int64(size);
  writer.uint32(2 << 3).int32(elementTypeNumbers[constant.type]);
  text(writer, 8, constant.name);
  writer.uint32((9 << 3) | WireType.LengthDelimited).bytes(rawData(constant));
}

function rawData(constant: OnnxConstant): Uint8Array {
  if (constant.type === 'uint8' || constant.type === 'int8')
    return Uint8Array.from(constant.values);
  const size = constant.type === 'float' ? 4 : 8;
  const view = new DataView(new ArrayBuffer(constant.values.length * size));
  for (let index = 0; index < constant.values.length; index++) {
    const value = constant.values[index] ?? 0;
    if (constant.type === 'float') view.setFloat32(index * 4, value, true);
    else if (constant.type === 'double') view.setFloat64(index * 8, value, true);
    else view.setBigInt64(index * 8, BigInt(value), true);
  }
  return new Uint8Array(view.buffer);
}

function writeValue(writer: BinaryWriter, value: OnnxValue): void {
  text(writer, 1, value.name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.uint32(1 << 3).int32(elementTypeNumbers[value.type]);
      message(writer, 2, () => {
        for (const size of value.shape) {
          message(writer, 1, () =>
            typeof size === 'number' ? writer.uint32(1 << 3).int64(size) : text(writer, 2, size),
          );
        }
      });
    }),
  );
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.uint32((field << 3) | WireType.LengthDelimited).string(value);
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.uint32((field << 3) | WireType.LengthDelimited).fork();
  write();
  writer.join();
}
