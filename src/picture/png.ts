import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';

const family = 'Lora';
const faces = ['400Regular/Lora_400Regular.ttf', '700Bold/Lora_700Bold.ttf'];

/** Draws SVG, in twice its size, with the font that comes with the program; nothing of the machine's own is used. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      loadSystemFonts: false,
      fontFiles: faces.map((face) =>
        fileURLToPath(import.meta.resolve(`@expo-google-fonts/lora/${face}`)),
      ),
      defaultFontFamily: family,
    },
  });
  return image.asPng();
}
