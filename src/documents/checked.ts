import type * as z from 'zod';
import { DocumentError, duplicateKeys, nearest, plain, type Node } from './node.ts';
import { parseYaml } from './yaml.ts';

/** Something in a document that its schema does not allow. */
export interface DocumentProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Reads a YAML document and checks it against its schema.
 * @returns the value, or every problem with its place, sorted by place
 */
export function parseChecked<T>(text: string, schema: z.ZodType<T>): { value: T } | { problems: DocumentProblem[] } {
  let node: Node;
  try {
    node = parseYaml(text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { problems: [{ line: error.line, column: error.column, message: error.message }] };
  }
  const result = schema.safeParse(plain(node));
  const problems = [
    ...duplicates(node),
    ...(result.success ? [] : result.error.issues.map((issue) => placed(node, issue.path, issue.message))),
  ];
  if (problems.length > 0 || !result.success)
    return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
  return { value: result.data };
}

function placed(root: Node, path: readonly PropertyKey[], message: string): DocumentProblem {
  const { line, column } = nearest(root, path);
  return { line, column, message: path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message };
}

function duplicates(node: Node): DocumentProblem[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'sequence') return node.items.flatMap(duplicates);
  const here = duplicateKeys(node).map((key) => ({
    line: key.line,
    column: key.column,
    message: `${String(key.value)}: this key stands twice; only one of its values would count.`,
  }));
  return [...here, ...node.entries.flatMap(({ value }) => duplicates(value))];
}
