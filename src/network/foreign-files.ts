import { BadInput } from '../errors.ts';

interface ForeignFile {
  /** What it begins with, or what stands somewhere in it where several kinds begin alike. */
  readonly begins: string;
  readonly has?: string;
  readonly what: string;
  readonly remedy: string;
}

const saveAgain =
  'In Python: import json; from safetensors.torch import save_file; ' +
  'save_file(model.state_dict(), "model.safetensors", {"vocabulary": json.dumps(characters)})';

const fromPickle =
  'Load it in Python with state = torch.load(PATH, weights_only=True), then: ' +
  'from safetensors.torch import save_file; import json; ' +
  'save_file(state, "model.safetensors", {"vocabulary": json.dumps(characters)})';

const fromKeras =
  "Keras's layers keep their weights in another order: build the network in PyTorch, copy them over, and save that. " +
  saveAgain;

/** Files that are taken for safetensors, by their first bytes. */
const foreignFiles: readonly ForeignFile[] = [
  {
    begins: 'version https://git-lfs',
    what: 'a Git LFS pointer to a file',
    remedy: 'Fetch the file itself: git lfs pull',
  },
  { begins: 'PK\x03\x04', has: '.h5', what: 'a Keras model (.keras)', remedy: fromKeras },
  { begins: '\x89HDF\r\n', what: 'an HDF5 file, as Keras writes (.h5)', remedy: fromKeras },
  {
    begins: 'PK\x03\x04',
    has: 'data.pkl',
    what: 'a PyTorch checkpoint (torch.save)',
    remedy: fromPickle,
  },
  { begins: 'PK\x03\x04', what: 'a zip archive', remedy: 'Unpack it and name the file inside.' },
  { begins: '\x80\x02', what: 'a Python pickle', remedy: fromPickle },
  { begins: '\x80\x03', what: 'a Python pickle', remedy: fromPickle },
  { begins: '\x80\x04', what: 'a Python pickle', remedy: fromPickle },
  { begins: '\x80\x05', what: 'a Python pickle', remedy: fromPickle },
  { begins: 'GGUF', what: 'a GGUF file', remedy: saveAgain },
  {
    begins: '<!',
    what: 'a web page',
    remedy: 'Download the file itself, not the page that shows it.',
  },
];

/** @throws BadInput, by name and with what to do, where a file is of another format that people have at hand */
export function refuseForeignFile(file: Uint8Array): void {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const kind = foreignFiles.find(
    ({ begins, has }) =>
      bytes.subarray(0, begins.length).equals(Buffer.from(begins, 'latin1')) &&
      (has === undefined || bytes.includes(has, 0, 'latin1')),
  );
  if (kind) throw new BadInput(`This is ${kind.what}, not a safetensors file.`, kind.remedy);
}
