import type { MappingNode, Node, ScalarNode } from '../documents/node.ts';
import { parseCondition, parseExpression, type Expression } from './expression.ts';
import { isMinutes } from './minutes.ts';
import type { ReportProblem } from './problem.ts';
import { parseTemplate, type Named, type Template } from './template.ts';

/**
 * What becomes of each key of a mapping: it is read, or it is refused with the reason given. A key that is not named
 * is refused too: what the engine does not know, it does not run.
 */
export type Fields = Readonly<Record<string, ((value: Node, key: ScalarNode) => void) | string>>;

/** Reads the mappings and scalars of one file and reports what is refused in it. */
export class FieldReader {
  readonly report: ReportProblem;
  constructor(report: ReportProblem) {
    this.report = report;
  }

  /** @param what the thing that the mapping describes, for the message, such as `a job` */
  fields(node: Node, what: string, fields: Fields): void {
    for (const { key, value } of this.entries(node)) {
      const field = Object.hasOwn(fields, String(key.value)) ? fields[String(key.value)] : undefined;
      if (typeof field === 'function') field(value, key);
      else this.report(key, `\`${String(key.value)}\` in ${what} is not supported. ${field ?? ''}`.trim());
    }
  }

  entries(node: Node): MappingNode['entries'] {
    if (node.kind === 'mapping') return node.entries;
    if (node.kind === 'scalar' && node.value === null) return [];
    this.report(node, 'A mapping of keys to values is needed here.');
    return [];
  }

  items(node: Node): readonly Node[] {
    if (node.kind === 'mapping') this.report(node, 'One value or a list is needed here.');
    return node.kind === 'sequence' ? node.items : node.kind === 'scalar' ? [node] : [];
  }

  texts(node: Node): string[] {
    return this.items(node).map((item) => this.text(item));
  }

  /** The text of a scalar that holds no expression. */
  text(node: Node): string {
    const { value } = this.scalar(node);
    if (typeof value === 'string' && value.includes('${{')) this.report(node, 'An expression is not supported here.');
    return value === null ? '' : String(value);
  }

  flag(node: Node): boolean {
    const { value } = this.scalar(node);
    if (typeof value !== 'boolean') this.report(node, '`true` or `false` is needed here.');
    return value === true;
  }

  /** One of the texts allowed; the first of them when it is none, which is reported. */
  choice<T extends string>(node: Node, allowed: readonly [T, ...T[]]): T {
    const text = this.text(node);
    const found = allowed.find((one) => one === text);
    if (found === undefined) this.report(node, `\`${text}\` is not supported here; use ${allowed.join(' or ')}.`);
    return found ?? allowed[0];
  }

  template(node: Node): Template {
    const scalar = this.scalar(node);
    try {
      return parseTemplate(scalar);
    } catch (error) {
      this.report(node, expressionProblem(error));
      return { line: node.line, column: node.column, parts: [] };
    }
  }

  /** A time limit; one that is no whole number is refused, because the runner cuts it off: 0.5 is no limit at all. */
  minutes(node: Node): Template {
    const template = this.template(node);
    const { literal } = template;
    if (literal !== undefined && !isMinutes(literal))
      this.report(node, `A time limit is a whole number of minutes above 0, not \`${String(literal)}\`.`);
    return template;
  }

  named(node: Node): Named[] {
    return this.entries(node).map(({ key, value }) => ({
      name: String(key.value),
      value: this.template(value),
      line: key.line,
      column: key.column,
    }));
  }

  /**
   * A condition, with or without `${{ }}` around the whole of it. A mixture, such as `${{ a }} && b`, is always true on
   * GitHub, because it is a text that is not empty; so it is refused.
   */
  condition(node: Node | undefined): Expression {
    if (node === undefined) return parseCondition('');
    const { value } = this.scalar(node);
    const text = value === null ? '' : String(value).trim();
    try {
      if (!text.includes('${{')) return parseCondition(text);
      const [only, ...rest] = parseTemplate({ ...this.scalar(node), value: text }).parts;
      if (only !== undefined && typeof only !== 'string' && rest.length === 0) return parseCondition(only.source);
      this.report(node, 'A condition that mixes text and `${{ }}` is always true. Write the whole as one expression.');
    } catch (error) {
      this.report(node, expressionProblem(error));
    }
    return parseCondition('');
  }

  /** `pre-if` and `post-if`, before which no `success()` is put (actions/runner, ActionManifestManager.cs). */
  wholeCondition(node: Node): Expression {
    try {
      return parseExpression(this.text(node));
    } catch (error) {
      this.report(node, expressionProblem(error));
      return parseExpression('always()');
    }
  }

  private scalar(node: Node): ScalarNode {
    if (node.kind === 'scalar') return node;
    this.report(node, 'One value is needed here, not a list or a mapping.');
    return { kind: 'scalar', value: null, line: node.line, column: node.column };
  }
}

function expressionProblem(error: unknown): string {
  const message = (error as Error).message;
  return /hashfiles/i.test(message) ? '`hashFiles` is not supported: no workflow here needs it.' : message;
}
