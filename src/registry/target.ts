import type { ImageReference } from './reference.ts';

/** What a scanner can look at, as the user names it. Paths are absolute. */
export type GivenTarget =
  | { readonly kind: 'image'; readonly image: ImageReference }
  | { readonly kind: 'layout'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string };

/** The same, with the one image of a layout that is meant. */
export type ScanTarget = Exclude<GivenTarget, { kind: 'layout' }> | LayoutImage;

export interface LayoutImage {
  readonly kind: 'layout';
  readonly path: string;
  readonly digest: string;
  /** Digest of the image's configuration. */
  readonly configDigest: string;
}
