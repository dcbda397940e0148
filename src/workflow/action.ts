import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { DocumentError } from '../documents/node.ts';
import { parseYaml } from '../documents/yaml.ts';
import { parseExpression, type Expression } from './expression.ts';
import { FieldReader } from './fields.ts';
import type { Draft } from './model.ts';
import type { Problems } from './problem.ts';
import type { Commit } from './repositories.ts';
import type { Template } from './template.ts';
import { validateAction } from './validate.ts';

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
  return commit === home ? path : `${commit.repository}/${path}@${commit.ref.replace(/^refs\/(?:heads|tags)\//, '')}`;
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
  const content = await readFile(join(commit.folder, path), 'utf8');
  if (!(await validateAction(path, content, report))) return undefined;
  try {
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
    readFields(action, parseYaml(content), new FieldReader(report));
    return problems.list.length === before ? action : undefined;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    report(error, error.message);
    return undefined;
  }
}

function readFields(action: Draft<NodeAction>, root: Parameters<FieldReader['fields']>[0], reader: FieldReader): void {
  const script = (node: typeof root): string => {
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
        'pre-if': (value) => (action.preIf = ownCondition(reader.text(value))),
        post: (value) => (action.post = script(value)),
        'post-if': (value) => (action.postIf = ownCondition(reader.text(value))),
        steps: () => undefined,
        image: () => undefined,
      }),
  });
}

/** `pre-if` and `post-if` are taken as they are: no `success()` is put before them (actions/runner, ActionManifestManager). */
function ownCondition(text: string): Expression {
  return parseExpression(text);
}
