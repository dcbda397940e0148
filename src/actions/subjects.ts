import type { Context } from '../definition/context.ts';
import { sha256Of, type ImageReference } from '../registry/reference.ts';
import type { Subject } from '../report/report.ts';

/** What a gate's evidence speaks of: the image, else the commit, else (outside a workflow run) nothing. */
export function subjectsOf(image: ImageReference | undefined, { run }: Context): Subject[] {
  if (image !== undefined)
    return [{ name: `${image.registry}/${image.repository}`, digest: { sha256: sha256Of(image) } }];
  if (run === undefined || run.sha === '') return [];
  return [{ name: `git+${run.serverUrl}/${run.repository}`, digest: { gitCommit: run.sha } }];
}
