import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Node } from '../documents/node.ts';
import { readChecked } from './checked-file.ts';
import { parseExpression, type Expression } from './expression.ts';
import { FieldReader } from './fields.ts';
import type { Draft } from './model.ts';
import type { Problems } from './problem.ts';
import type { Commit } from './repositories.ts';
import type { Template } from './template.ts';
import { shortRef } from './reference.ts';

/** A JavaScript action as its metadata file describes it. */
export interface NodeAction {
  readonly repository: string;
  /** What GITHUB_ACTION_REF says: the commit for `$/`, else the ref. */
  readonly ref: string;
  readonly folder: string;
  readonly name: string;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly string[];
  readonly main: string;
  readonly pre: string | undefined;
  readonly preIf: Expression;
  readonly post: string | undefined;
  readonly postIf: Expression;
}

export interface ActionInput {
  readonly name: string;
  readonly required: boolean;
  readonly default: Template | undefined;
}

/** The path of a file for messages: as it is in the repository of the event, with repository and ref elsewhere. */
export function fileLabel(commit: Commit, path: string, home: Commit): string {
  return commit === home ? path : `${commit.repository}/${path}@${shortRef(commit.ref)}`;
}

/**
 * Reads the metadata of the action in a folder of a repository.
 * @param folder path in the repository, empty for its root
 * @returns undefined when something was reported
 * @throws Error when there is no metadata file
 */
export async function readAction(
  commit: Commit,
  folder: string,
  ref: string,
  home: Commit,
  problems: Problems,
): Promise<NodeAction | undefined> {
  const file = ['action.yml', 'action.yaml'].find((name) => existsSync(join(commit.folder, folder, name)));
  if (file === undefined) throw new Error(`There is no action in ${commit.repository}/${folder} at ${commit.ref}.`);
  const path = posix.join(folder, file);
  const report = problems.of(fileLabel(commit, path, home));
  const before = problems.list.length;
  const document = await readChecked(join(commit.folder, path), path, 'action', report);
  if (document === undefined) return undefined;
  const action: Draft<NodeAction> = {
    repository: commit.repository,
    ref,
    folder: join(commit.folder, folder),
    name: '',
    inputs: [],
    outputs: [],
    main: '',
    pre: undefined,
    preIf: parseExpression('always()'),
    post: undefined,
    postIf: parseExpression('always()'),
  };
  readFields(action, document, new FieldReader(report));
  return problems.list.length === before ? action : undefined;
}

function readFields(action: Draft<NodeAction>, root: Node, reader: FieldReader): void {
  const script = (node: Node): string => {
    const file = reader.text(node);
    if (!existsSync(join(action.folder, file)))
      reader.report(node, `The file \`${file}\` does not exist. Was it built and committed?`);
    return file;
  };
  reader.fields(root, 'an action', {
    name: (node) => (action.name = reader.text(node)),
    description: () => undefined,
    author: () => undefined,
    branding: () => undefined,
    inputs: (node) =>
      (action.inputs = reader.entries(node).map(({ key, value }) => {
        const input: Draft<ActionInput> = { name: String(key.value), required: false, default: undefined };
        reader.fields(value, 'an input', {
          description: () => undefined,
          deprecationMessage: () => undefined,
          required: (flag) => (input.required = reader.flag(flag)),
          default: (text) => (input.default = reader.template(text)),
        });
        return input;
      })),
    outputs: (node) => (action.outputs = reader.entries(node).map(({ key }) => String(key.value))),
    runs: (node) =>
      reader.fields(node, '`runs`', {
        using: (value) => {
          if (reader.text(value) !== 'node24')
            reader.report(
              value,
              `\`using: ${reader.text(value)}\` is not supported: only JavaScript actions on node24 run.`,
            );
        },
        main: (value) => (action.main = script(value)),
        pre: (value) => (action.pre = script(value)),
        'pre-if': (value) => (action.preIf = reader.wholeCondition(value)),
        post: (value) => (action.post = script(value)),
        'post-if': (value) => (action.postIf = reader.wholeCondition(value)),
        steps: () => undefined,
        image: () => undefined,
      }),
  });
}
