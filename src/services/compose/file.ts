import { duplicateKeys, get, type MappingNode, type Node } from '../../documents/node.ts';
import { placeOf } from '../fields.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { substitute, type VariableProblem } from './substitute.ts';

/** What is wrong with the variables of a value, by the value. */
export type VariableProblems = Map<Node, readonly VariableProblem[]>;

/**
 * Documents of a Compose file with their variables filled in; every node says which file it is of.
 * @param problems is filled
 * @throws UnreadableError when Compose would refuse the file
 */
export async function readComposeFile(
  path: string,
  workspace: Workspace,
  variables: ReadonlyMap<string, string>,
  problems: VariableProblems,
): Promise<MappingNode[]> {
  const file = workspace.name(path);
  const documents = await workspace.documents(path);
  if (documents.length === 0) throw new UnreadableError('The Compose file is empty.', { file, line: 1, column: 1 });
  const filler = new Filler(file, variables, problems);
  return documents.map((document) => {
    const filled = filler.fill(document);
    if (filled.kind !== 'mapping')
      throw new UnreadableError('A Compose file is a mapping with `services`.', placeOf(filled));
    const services = get(filled, 'services');
    if (services !== undefined && services.kind !== 'mapping')
      throw new UnreadableError('`services` must be a mapping of names to services.', placeOf(services));
    return filled;
  });
}

class Filler {
  readonly #file: string;
  readonly #variables: ReadonlyMap<string, string>;
  readonly #problems: VariableProblems;
  /** What an anchor stands for is filled in once. */
  readonly #filled = new Map<Node, Node>();

  constructor(file: string, variables: ReadonlyMap<string, string>, problems: VariableProblems) {
    this.#file = file;
    this.#variables = variables;
    this.#problems = problems;
  }

  fill(node: Node): Node {
    const filled = this.#filled.get(node) ?? this.#fill(node);
    this.#filled.set(node, filled);
    return filled;
  }

  #fill(node: Node): Node {
    const file = this.#file;
    if (node.kind === 'sequence') return { ...node, file, items: node.items.map((item) => this.fill(item)) };
    if (node.kind === 'mapping') {
      const [twice] = duplicateKeys(node);
      if (twice !== undefined)
        throw new UnreadableError(
          `The key \`${String(twice.value)}\` stands twice: Docker Compose refuses the file.`,
          placeOf({ ...twice, file }),
        );
      return {
        ...node,
        file,
        entries: node.entries.map(({ key, value }) => ({ key: { ...key, file }, value: this.fill(value) })),
      };
    }
    if (typeof node.value !== 'string' || !node.value.includes('$')) return { ...node, file };
    const { text, problems } = substitute(node.value, this.#variables);
    const invalid = problems.find(({ kind }) => kind === 'invalid');
    const filled: Node = { ...node, file, value: text };
    if (invalid?.kind === 'invalid')
      throw new UnreadableError(
        `\`${invalid.text}\` is no variable: Docker Compose refuses the file. A dollar sign is written \`$$\`.`,
        placeOf(filled),
      );
    if (problems.length > 0) this.#problems.set(filled, problems);
    return filled;
  }
}
