import type { ComponentType } from 'react';
import type { Binding, KeyScope } from '../keys/scope.ts';

/** The room that a screen has, in characters. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** All there is to know of a screen. The tabs, the keys, the help and docs/keys.md are made from it. */
export interface Screen {
  /** By which others open it. */
  readonly name: string;
  readonly title: string;
  /** The key that its tab shows. */
  readonly tab: string;
  /** The keys that open it, from every screen. */
  readonly open: Binding;
  /** The keys of its own; the help has them under its title. */
  readonly scopes: readonly KeyScope[];
  /** Whether it lies over the screen that was open, which stays as it is. */
  readonly overlay?: true;
  readonly Component: ComponentType<Size>;
}
