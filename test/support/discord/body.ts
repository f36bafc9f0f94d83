import type { IncomingMessage } from 'node:http';
import { notJson } from './refusal.ts';

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a request brought: its JSON, and the files beside it by the number in their field's name. */
export interface RequestBody {
  readonly json: unknown;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** Reads a JSON or a multipart body, `files[n]` beside `payload_json`. */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const files = new Map<string, UploadedFile>();
  if (!type.startsWith('multipart/form-data')) {
    return { json: bytes.length === 0 ? undefined : parse(bytes.toString()), files };
  }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  let json: unknown;
  for (const [field, value] of form) {
    const number = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (typeof value === 'string') {
      if (field === 'payload_json') json = parse(value);
    } else if (number !== undefined) {
      files.set(number, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    }
  }
  return { json, files };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string' && !value.isWellFormed()) throw notJson();
      return value;
    });
  } catch {
    throw notJson();
  }
}
