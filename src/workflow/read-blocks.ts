import type { Node } from '../documents/node.ts';
import type { FieldReader } from './fields.ts';
import type { Concurrency, Draft, RunDefaults, Shell } from './model.ts';
import { levels, type Level, type PermissionsBlock } from './permissions.ts';

/** The blocks that may stand in a workflow and in a job. */

export function readPermissions(node: Node, reader: FieldReader): PermissionsBlock {
  const granted = new Map<string, Level>();
  if (node.kind === 'scalar' && node.value !== null)
    reader.report(
      node,
      `\`permissions: ${String(node.value)}\` is not supported: name each permission that is needed.`,
    );
  else
    for (const { key, value } of reader.entries(node))
      granted.set(String(key.value), reader.choice(value, [...levels] as const));
  return { levels: granted, line: node.line, column: node.column };
}

export function readDefaults(node: Node, reader: FieldReader): RunDefaults {
  const defaults: Draft<RunDefaults> = {};
  reader.fields(node, '`defaults`', {
    run: (run) =>
      reader.fields(run, '`defaults.run`', {
        shell: (shell) => (defaults.shell = reader.choice<Shell>(shell, ['bash', 'sh'])),
        'working-directory': (folder) => (defaults.workingDirectory = reader.template(folder)),
      }),
  });
  return defaults;
}

export function readConcurrency(node: Node, reader: FieldReader): Concurrency {
  if (node.kind === 'scalar') return { group: reader.template(node), cancelInProgress: undefined, queue: 'single' };
  const concurrency: Draft<Concurrency> = {
    group: { line: node.line, column: node.column, parts: [] },
    cancelInProgress: undefined,
    queue: 'single',
  };
  reader.fields(node, '`concurrency`', {
    group: (group) => (concurrency.group = reader.template(group)),
    'cancel-in-progress': (flag) => (concurrency.cancelInProgress = reader.template(flag)),
    queue: (queue) => (concurrency.queue = reader.choice(queue, ['single', 'max'])),
  });
  return concurrency;
}
