/** The image that is released; `name` is registry and repository. */
export interface ReleasedImage {
  readonly name: string;
  readonly digest: string;
}

/** Which of the two versions that a chart can run beside each other gets the image. */
export type Track = 'stable' | 'canary';

/**
 * The values that Slipway sets, by the convention of its charts: `image` is what serves, `canary.image` what stands
 * beside it without traffic until canary-analyze gives it some. A stable release ends the canary.
 */
export function trackValues(track: Track, { name, digest }: ReleasedImage): object {
  const image = { repository: name, digest };
  return track === 'canary' ? { canary: { enabled: true, image } } : { image, canary: { enabled: false } };
}

/** The image of the candidate, by the values of a revision and its chart (empty when they name none); undefined without a candidate. */
export function candidateOf(values: unknown): ReleasedImage | undefined {
  const { canary } = (values ?? {}) as { canary?: { enabled?: unknown; image?: Record<string, unknown> } | null };
  if (canary?.enabled !== true) return undefined;
  const { repository, digest } = canary.image ?? {};
  return { name: textOf(repository), digest: textOf(digest) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
