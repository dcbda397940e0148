import type { WorkloadKind } from '../kubernetes/objects.ts';

/** A container of a rendered object. `image` is as written. */
export interface RenderedContainer {
  /** `deployment/web`. */
  readonly resource: string;
  readonly name: string;
  readonly image: string;
}

/** A workload as the chart wants it. */
export interface RenderedWorkload {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** Empty when the object names none: it then is that of the release. */
  readonly namespace: string;
  readonly containers: readonly RenderedContainer[];
}

export interface Rendered {
  /** Containers and init containers of every object: of pods, of what makes pods, and of custom resources alike. */
  readonly containers: readonly RenderedContainer[];
  readonly workloads: readonly RenderedWorkload[];
}

/** Containers whose image is not named by digest. */
export function unpinned(containers: readonly RenderedContainer[]): RenderedContainer[] {
  return containers.filter(({ image }) => !/@sha256:[0-9a-f]{64}$/.test(image));
}

/** Whether an image reference names an image: a tag beside the digest does not matter. */
export function isImage(reference: string, image: { readonly name: string; readonly digest: string }): boolean {
  return reference.replace(/(?::[\w][\w.-]{0,127})?@/, '@') === `${image.name}@${image.digest}`;
}
