import { type Line, type Span, type Style, span } from '../../drawing/line.ts';
import type { Dots } from './dots.ts';

/** A field of dots in which lines are drawn. Dots are counted from the top left. */
export class Canvas {
  readonly #dots: Dots;
  readonly #width: number;
  readonly #height: number;
  readonly #cells: Uint8Array;
  readonly #styles: (Style | undefined)[];
  readonly #signs = new Map<number, Span>();

  /** @param width in characters, as is `height` */
  constructor(dots: Dots, width: number, height: number) {
    this.#dots = dots;
    this.#width = width;
    this.#height = height;
    this.#cells = new Uint8Array(width * height);
    this.#styles = new Array(width * height);
  }

  /** Dots across. */
  get columns(): number {
    return this.#width * this.#dots.columns;
  }

  /** Dots down. */
  get rows(): number {
    return this.#height * this.#dots.rows;
  }

  /** A dot; one outside is left out. Of two in one character the later one gives it its look. */
  dot(x: number, y: number, style: Style): void {
    if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) return;
    const { columns, rows } = this.#dots;
    const cell = Math.floor(y / rows) * this.#width + Math.floor(x / columns);
    this.#cells[cell] = (this.#cells[cell] ?? 0) | (1 << ((y % rows) * columns + (x % columns)));
    this.#styles[cell] = style;
  }

  /** A character in the place of dots. */
  sign(x: number, y: number, character: string, style: Style): void {
    if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) return;
    const { columns, rows } = this.#dots;
    const cell = Math.floor(y / rows) * this.#width + Math.floor(x / columns);
    this.#signs.set(cell, span(character, style));
  }

  /** A straight line between two dots (Bresenham 1965). */
  stroke(fromX: number, fromY: number, toX: number, toY: number, style: Style): void {
    const dx = Math.abs(toX - fromX);
    const dy = -Math.abs(toY - fromY);
    const stepX = fromX < toX ? 1 : -1;
    const stepY = fromY < toY ? 1 : -1;
    let [x, y, error] = [fromX, fromY, dx + dy];
    for (;;) {
      this.dot(x, y, style);
      if (x === toX && y === toY) return;
      const twice = 2 * error;
      if (twice >= dy) {
        error += dy;
        x += stepX;
      }
      if (twice <= dx) {
        error += dx;
        y += stepY;
      }
    }
  }

  lines(): Line[] {
    return Array.from({ length: this.#height }, (_, row) => {
      const spans: Span[] = [];
      for (let column = 0; column < this.#width; column++) {
        const cell = row * this.#width + column;
        spans.push(
          this.#signs.get(cell) ??
            span(this.#dots.glyph(this.#cells[cell] ?? 0), this.#styles[cell] ?? {}),
        );
      }
      return spans;
    });
  }
}
