import { Component, type ReactNode } from 'react';
import type { StoreWatch } from '../data/store-watch.ts';
import { indent } from '../drawing/layout.ts';
import { blank, bold, line, quiet, rubric } from '../drawing/line.ts';
import { wrap } from '../drawing/text.ts';
import { Lines } from './lines.tsx';
import { failure } from './shell.ts';

interface Props {
  readonly watch: StoreWatch;
  readonly width: number;
  readonly children: ReactNode;
}

/** Shows what a screen could not do in its place, and tries again when the store has changed. */
export class ScreenGuard extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };
  #unsubscribe: (() => void) | undefined;

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override componentDidMount(): void {
    this.#unsubscribe = this.props.watch.subscribe(() => {
      if (this.state.error !== undefined) this.setState({ error: undefined });
    });
  }

  override componentWillUnmount(): void {
    this.#unsubscribe?.();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const { text, remedy } = failure(error);
    const width = Math.min(76, this.props.width - 6);
    const rows = [
      blank,
      line('This cannot be shown.', rubric, bold),
      blank,
      ...wrap(text, width).map((row) => line(row)),
      ...(remedy ? wrap(remedy, width).map((row) => line(row, quiet)) : []),
    ];
    return <Lines rows={indent(rows, 3)} />;
  }
}
