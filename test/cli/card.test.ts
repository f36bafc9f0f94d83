import { describe, expect, test } from 'vitest';
import { cardFailure } from '../../src/cli/card-failure.ts';
import { cardNameFrom, isSoftware } from '../../src/cli/card-name.ts';
import { newEscriba } from './escriba.ts';
import { ownText, tiny } from './own-text.ts';

describe('why a graphics card cannot be used', () => {
  // As the runtime and its libraries say it.
  const noAdapter =
    'webgpu_context.cc:136 Initialize adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters';
  const ended = { signal: null, timedOut: false };
  test.each([
    {
      trial: {
        ...ended,
        said: `${noAdapter}\nWarning: Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file`,
      },
      message: 'Vulkan, which Linux needs to compute on a graphics card, is not installed.',
    },
    {
      trial: { ...ended, said: `${noAdapter}\nWarning: vkCreateInstance: Found no drivers!` },
      message: 'No graphics card has a Vulkan driver here.',
    },
    {
      trial: { ...ended, said: noAdapter },
      message: 'There is no graphics card here that can compute.',
    },
    {
      trial: { ...ended, said: 'this runtime has no WebGPU' },
      message: `ONNX Runtime cannot use graphics cards on ${process.platform} ${process.arch}.`,
    },
    {
      trial: { said: noAdapter, signal: 'SIGSEGV' as const, timedOut: false },
      message: "The graphics card's driver crashed when it was tried.",
    },
    {
      trial: { said: '', signal: 'SIGKILL' as const, timedOut: true },
      message: 'The graphics card did not finish a first step in two minutes.',
    },
    {
      trial: { ...ended, said: 'A device was lost\n  at x' },
      message: 'The graphics card cannot be used: A device was lost',
    },
  ])('is told in plain words, with a remedy: $message', ({ trial, message }) => {
    const failure = cardFailure(trial);
    expect(failure.message).toBe(message);
    expect(failure.exitCode).toBe(1);
    expect(failure.remedy).toContain('--device cpu');
  });
});

test('a card has the name by which the Vulkan loader opens it', async () => {
  const said =
    'LAYER:   <Device>\nLAYER:    Using "NVIDIA GeForce RTX 4070" with driver: "libGLX_nvidia.so.0"\n';
  expect(await cardNameFrom(said, 'linux')).toBe('NVIDIA GeForce RTX 4070');
  expect(await cardNameFrom('', 'linux')).toBe('graphics card');
  expect(isSoftware('NVIDIA GeForce RTX 4070')).toBe(false);
  expect(isSoftware('llvmpipe (LLVM 15.0.6, 256 bits)')).toBe(true);
  expect(isSoftware('SwiftShader Device (Subzero)')).toBe(true);
});

describe('a device', () => {
  // On Linux a list of drivers without one is a machine without a card; elsewhere none can be taken away.
  const withoutCard = {
    VK_ICD_FILENAMES: '/nowhere/driver.json',
    VK_DRIVER_FILES: '/nowhere/driver.json',
  };
  const isLinux = process.platform === 'linux';

  test('of another engine than onnx is refused by name', async () => {
    const { run } = newEscriba();
    const { code, stderr } = await run('train', 'bible', '--engine', 'tfjs', '--device', 'gpu');
    expect(code).toBe(2);
    expect(stderr).toContain('--device gpu needs the onnx engine, not tfjs.');
  });

  test.skipIf(!isLinux)('that is not there is refused before there is a run', async () => {
    const { run, file, json } = newEscriba(withoutCard);
    await run('corpus', 'add', 'own', file('own.txt', ownText));
    const { code, stderr } = await run('train', 'own', '--steps', '1', '--device', 'gpu');
    expect(code).toBe(1);
    expect(stderr).toContain('Vulkan');
    expect(stderr).toContain('--device cpu');
    expect(await json('runs')).toEqual([]);
  });

  test.skipIf(!isLinux)(
    'that is to be the faster one is the processor where there is no other',
    async () => {
      const { run, file } = newEscriba(withoutCard);
      await run('corpus', 'add', 'own', file('own.txt', ownText));
      const words = [...tiny, '--steps', '1', '--device', 'auto', '--json'];
      const { code, stdout } = await run('train', 'own', ...words);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Computing on the processor\. [^"]*Vulkan/);
    },
  );
});
