import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser';
import { DocumentError, LineIndex, maxDepth, type Entry, type Node, type ScalarNode } from './node.ts';

interface OpenMapping {
  readonly kind: 'mapping';
  readonly entries: Entry[];
  readonly line: number;
  readonly column: number;
  key?: ScalarNode;
}
interface OpenSequence {
  readonly kind: 'sequence';
  readonly items: Node[];
  readonly line: number;
  readonly column: number;
}

/**
 * Reads JSON (RFC 8259) strictly: no comments, no trailing commas, no byte order mark.
 * @throws DocumentError at the first thing that is not JSON
 */
export function parseJson(text: string): Node {
  const lines = new LineIndex(text);
  const stack: (OpenMapping | OpenSequence)[] = [];
  let root: Node | undefined;

  const put = (node: Node): void => {
    const parent = stack.at(-1);
    if (parent === undefined) root ??= node;
    else if (parent.kind === 'sequence') parent.items.push(node);
    else if (parent.key !== undefined) parent.entries.push({ key: parent.key, value: node });
  };
  const open = (node: OpenMapping | OpenSequence): void => {
    if (stack.length >= maxDepth) throw new DocumentError(`It is nested more than ${maxDepth} deep.`, node);
    put(node);
    stack.push(node);
  };

  if (text.startsWith('\ufeff'))
    throw new DocumentError('It starts with a byte order mark, which is not JSON.', lines.at(0));
  visit(
    text,
    {
      onObjectBegin: (offset) => open({ kind: 'mapping', entries: [], ...lines.at(offset) }),
      onObjectProperty: (key, offset) => {
        const parent = stack.at(-1);
        if (parent?.kind === 'mapping') parent.key = { kind: 'scalar', value: key, ...lines.at(offset) };
      },
      onObjectEnd: () => stack.pop(),
      onArrayBegin: (offset) => open({ kind: 'sequence', items: [], ...lines.at(offset) }),
      onArrayEnd: () => stack.pop(),
      onLiteralValue: (value: ScalarNode['value'], offset, length) =>
        put({ kind: 'scalar', value: lossless(value, text.slice(offset, offset + length)), ...lines.at(offset) }),
      onError: (code: ParseErrorCode, offset) => {
        throw new DocumentError(`It is not JSON: ${sentenceOf(code)}.`, lines.at(offset));
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  if (root === undefined) throw new DocumentError('It holds no value.', lines.at(0));
  refuseWhatJavaScriptRefuses(text);
  return root;
}

/** A whole number that a double cannot hold stays exact: masks of 64 bits are usual in seccomp profiles. */
function lossless(value: ScalarNode['value'], raw: string): ScalarNode['value'] {
  return typeof value === 'number' && /^-?\d+$/.test(raw) && !Number.isSafeInteger(value) ? BigInt(raw) : value;
}

/** `CommaExpected` as `comma expected`. */
function sentenceOf(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** The visitor above forgives some number forms; the engine's own parser forgives nothing. */
function refuseWhatJavaScriptRefuses(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new DocumentError(`It is not JSON: ${(error as Error).message}.`, { line: 1, column: 1 });
  }
}
