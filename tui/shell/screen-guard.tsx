import { Component, type ReactNode } from 'react';
import type { StoreWatch } from '../data/store-watch.ts';
import { failureRows } from './frame.ts';
import { Lines } from './lines.tsx';

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
    return <Lines rows={failureRows(error, this.props.width)} />;
  }
}
