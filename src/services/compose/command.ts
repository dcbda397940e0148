import type { Node } from '../../documents/node.ts';
import type { ImageDefaults } from '../dockerfile.ts';
import { textOf, textsOf } from '../fields.ts';
import { shellWords } from '../shell-words.ts';

/**
 * What a service starts: `entrypoint` and `command`, each else that of the image. An `entrypoint` takes the image's command away, as in
 * Docker's engine.
 */
export function startedCommand(
  entrypoint: Node | undefined,
  command: Node | undefined,
  image: ImageDefaults,
): readonly string[] {
  const ownEntrypoint = wordsOf(entrypoint);
  const first = ownEntrypoint ?? image.entrypoint ?? [];
  const rest = wordsOf(command) ?? (ownEntrypoint === undefined ? (image.command ?? []) : []);
  return [...first, ...rest];
}

/** A list, or a line that is split into words; undefined when nothing is said. */
function wordsOf(node: Node | undefined): readonly string[] | undefined {
  if (node?.kind === 'sequence') return textsOf(node);
  const line = textOf(node);
  return line === undefined ? undefined : (shellWords(line) ?? [line]);
}
