import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * An `.onnx` file with texts by name (`metadata_props`), which runtimes give to whoever asks. They are appended: a
 * message's fields may come in any order.
 */
export function withMetadata(
  file: Uint8Array,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const writer = new BinaryWriter();
  for (const [key, value] of Object.entries(metadata)) {
    writer.uint32((14 << 3) | WireType.LengthDelimited).fork();
    writer.uint32((1 << 3) | WireType.LengthDelimited).string(key);
    writer.uint32((2 << 3) | WireType.LengthDelimited).string(value);
    writer.join();
  }
  return Buffer.concat([file, writer.finish()]);
}
