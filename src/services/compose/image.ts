import { isAbsolute, resolve } from 'node:path';
import type { Node } from '../../documents/node.ts';
import { readDockerfile, type ImageDefaults } from '../dockerfile.ts';
import { at, pairsOf, textOf } from '../fields.ts';
import type { Workspace } from '../workspace.ts';

/** What the image of a service says, or why nobody here knows. */
export type BuiltImage =
  { readonly defaults: ImageDefaults; readonly file?: string | undefined } | { readonly unknown: string };

/**
 * Reads the Dockerfile of a service that is built.
 * @param build in its long form, with an absolute context
 * @throws UnreadableError when the Dockerfile is no text
 */
export async function builtImage(build: Node, workspace: Workspace): Promise<BuiltImage> {
  const inline = textOf(at(build, 'dockerfile_inline'));
  if (inline !== undefined) return defaultsIn(inline, build);

  const context = textOf(at(build, 'context')) ?? '';
  if (!isAbsolute(context)) return { unknown: `is built from \`${context}\`, which is not in the workspace` };
  const path = resolve(context, textOf(at(build, 'dockerfile')) ?? 'Dockerfile');
  const file = workspace.name(path);
  if ((await workspace.where(path)) !== 'inside')
    return { unknown: `is built from \`${file}\`, which is not in the workspace` };
  return defaultsIn(await workspace.text(path), build, file);
}

function defaultsIn(text: string, build: Node, file?: string): BuiltImage {
  const target = textOf(at(build, 'target'));
  const args = [...pairsOf(at(build, 'args'))].flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const defaults = readDockerfile(text, target, new Map(args));
  if (defaults !== undefined) return { defaults, file };
  return { unknown: `is built from stage \`${target ?? ''}\` of a Dockerfile that has no such stage` };
}
