import { findCard } from '../../src/cli/card.ts';

/**
 * Why no graphics card computes here; undefined where one does. A program that computes as one is enough: with
 * SwiftShader, VK_ICD_FILENAMES names its `vk_swiftshader_icd.json`.
 */
export const cardIsMissing: string | undefined = await findCard().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
