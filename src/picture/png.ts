import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';

const family = 'Lora';
const faces = ['400Regular', '400Regular_Italic', '700Bold'];

/** The font that comes with the program; nothing of the machine's own is used. */
export const fontOptions = {
  loadSystemFonts: false,
  fontFiles: faces.map((face) =>
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/lora/${face}/Lora_${face}.ttf`)),
  ),
  defaultFontFamily: family,
};

/** Draws SVG, in twice its size. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: fontOptions,
  });
  return image.asPng();
}
