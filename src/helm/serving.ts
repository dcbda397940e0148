import type { Finding } from '../report/report.ts';
import type { Helm } from './helm.ts';
import type { Revision } from './history.ts';
import type { HelmResult } from './problem.ts';
import { isImage, type Rendered, type RenderedContainer } from './rendered.ts';
import { helmRules } from './rules.ts';
import { candidateOf, type ReleasedImage } from './values.ts';

/** What a revision starts that keeps running. */
export interface Content {
  readonly containers: readonly RenderedContainer[];
  /** The image that stands beside what serves, if one does. */
  readonly candidate: ReleasedImage | undefined;
}

/** Containers of what keeps running, unlike a Job. */
export function startedBy({ workloads }: Pick<Rendered, 'workloads'>): readonly RenderedContainer[] {
  return workloads.flatMap((workload) => workload.containers);
}

/** Reads what a revision starts. */
export async function contentOf({ revision }: Revision, helm: Helm): Promise<HelmResult<Content>> {
  const rendered = await helm.rendered(revision);
  if ('problem' in rendered) return rendered;
  const values = await helm.values(revision);
  if ('problem' in values) return values;
  return { value: { containers: startedBy(rendered.value), candidate: candidateOf(values.value) } };
}

/** Containers that something else starts with another image, or not at all. */
export function missingFrom(now: Content, { containers }: Content): RenderedContainer[] {
  return containers.filter((one) => atPlaceOf(one, now)?.image !== one.image);
}

/**
 * What a canary would change of what serves. Only the candidate is new: the released image, in a place of its own or in
 * that of an earlier candidate. Whatever else it starts must run in that place already, or, as the candidate's own
 * sidecars do, in another one.
 */
export function replacements(before: Content, wanted: readonly RenderedContainer[], image: ReleasedImage): Finding[] {
  return wanted.flatMap((one) => {
    const there = atPlaceOf(one, before);
    const known = there ? [there] : before.containers;
    if (known.some((other) => other.image === one.image)) return [];
    const isFree = there === undefined || (before.candidate !== undefined && isImage(there.image, before.candidate));
    if (isFree && isImage(one.image, image)) return [];
    const now = there ? `${there.image} runs there` : 'it runs nowhere in the release';
    const message = `Container ${one.name} starts ${one.image}, and ${now}.`;
    return [{ rule: helmRules.servingReplaced, message, place: { resource: one.resource } }];
  });
}

function atPlaceOf({ resource, name }: RenderedContainer, { containers }: Content): RenderedContainer | undefined {
  return containers.find((other) => other.resource === resource && other.name === name);
}
