import type { Context } from '../definition/context.ts';
import { sha256Of, type ImageReference } from '../registry/reference.ts';
import type { GivenTarget } from '../registry/target.ts';
import type { Subject } from '../report/report.ts';

/** What a gate's evidence speaks of: the image, else the commit, else (outside a workflow run) nothing. */
export function subjectsOf(image: ImageReference | undefined, { run }: Context): Subject[] {
  if (image !== undefined)
    return [{ name: `${image.registry}/${image.repository}`, digest: { sha256: sha256Of(image) } }];
  if (run === undefined || run.sha === '') return [];
  return [{ name: `git+${run.serverUrl}/${run.repository}`, digest: { gitCommit: run.sha } }];
}

/** The same for a gate that ended before it could say: its input `image`, or the `target` of a scan when that is one. */
export function subjectsGiven(inputs: Readonly<Record<string, unknown>>, context: Context): Subject[] {
  const { image, target } = inputs as { readonly image?: ImageReference; readonly target?: GivenTarget };
  return subjectsOf(image ?? (target?.kind === 'image' ? target.image : undefined), context);
}
