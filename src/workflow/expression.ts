import { Evaluator, Lexer, Parser, data, type Expr } from '@actions/expressions';
import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} from '@actions/expressions/ast';
import { truthy } from '@actions/expressions/result';

/** A value of the expression language of GitHub Actions. */
export type Value = ReturnType<Evaluator['evaluate']>;

/** An expression that was parsed, with the text it was parsed from. */
export interface Expression {
  readonly source: string;
  readonly tree: Expr;
}

/** What the status functions say at one point of a run. `always()` needs no answer. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** What an expression is evaluated in: its contexts by name, and the status. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Value>>;
  readonly status: Status;
}

/** Which contexts a place allows is checked by the official parser; here all have a name. */
const contextNames = ['github', 'env', 'vars', 'secrets', 'needs', 'jobs', 'steps', 'job', 'runner', 'inputs'];
const emptyContexts = ['strategy', 'matrix'];
const statusFunctions = ['success', 'failure', 'cancelled', 'always'] as const;

/**
 * Parses one expression, without `${{` and `}}`.
 * @throws ExpressionError with what is wrong in it
 */
export function parseExpression(source: string): Expression {
  const functions = statusFunctions.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const { tokens } = new Lexer(source).lex();
  // The parser answers undefined for an empty text, which its type does not say.
  const tree = new Parser(tokens, [...contextNames, ...emptyContexts], functions).parse() as Expr | undefined;
  if (tree === undefined) throw new Error('An expression is empty.');
  return { source, tree };
}

/**
 * Parses a condition. As on GitHub, an empty one is `success()`, and one without a status function counts only after
 * `success()` (actions/languageservices, if-condition.ts).
 */
export function parseCondition(source: string): Expression {
  if (source.trim() === '') return parseExpression('success()');
  const expression = parseExpression(source.trim());
  return hasStatusFunction(expression.tree) ? expression : parseExpression(`success() && (${source.trim()})`);
}

/** @throws Error when a function refuses its arguments, such as `fromJSON` a text that is no JSON */
export function evaluate({ tree }: Expression, { contexts, status }: Scope): Value {
  const known = new data.Dictionary();
  for (const name of [...contextNames, ...emptyContexts]) known.add(name, contexts[name] ?? new data.Null());
  const answer = (value: boolean) => () => new data.BooleanData(value);
  const functions = new Map(
    Object.entries({ ...status, always: true }).map(([name, value]) => [
      name,
      { name, minArgs: 0, maxArgs: 0, call: answer(value) },
    ]),
  );
  return new Evaluator(tree, known, functions).evaluate();
}

/** Whether a condition holds: everything does but false, 0, the empty text, null and NaN. */
export function holds(expression: Expression, scope: Scope): boolean {
  return truthy(evaluate(expression, scope));
}

/** A plain JavaScript value (whatever JSON can hold) as a value of the expression language. */
export function toValue(plain: unknown): Value {
  return JSON.parse(JSON.stringify(plain ?? null), data.reviver) as Value;
}

/** Environment variables: the one context in which names that differ in case are different names. */
export function environmentValue(variables: ReadonlyMap<string, string>): Value {
  return new CaseSensitive(variables);
}

class CaseSensitive extends data.Dictionary {
  readonly #entries: Map<string, Value>;
  constructor(variables: ReadonlyMap<string, string>) {
    super();
    this.#entries = new Map([...variables].map(([name, value]) => [name, new data.StringData(value)]));
  }

  override get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  override values(): Value[] {
    return [...this.#entries.values()];
  }

  override pairs(): ReturnType<data.Dictionary['pairs']> {
    return [...this.#entries].map(([key, value]) => ({ key, value }));
  }
}

/** The names by which an expression reaches into contexts: `needs.build.outputs[x]` as `['needs', 'build', 'outputs']`. */
export function pathsIn({ tree }: Expression): string[][] {
  const paths: string[][] = [];
  const visit = (node: Expr): void => {
    const path = pathOf(node);
    if (path !== undefined) paths.push(path);
    // The part of a path before its last step is no path of its own, but an index may hold another one.
    for (const child of path === undefined ? children(node) : indicesOf(node)) visit(child);
  };
  visit(tree);
  return paths;
}

function hasStatusFunction(node: Expr): boolean {
  const isOne =
    node instanceof FunctionCall && statusFunctions.some((name) => name === node.functionName.lexeme.toLowerCase());
  return isOne || children(node).some(hasStatusFunction);
}

/** Names up to the first index that is not a fixed text; undefined for what is no path. */
function pathOf(node: Expr): string[] | undefined {
  if (node instanceof ContextAccess) return [node.name.lexeme.toLowerCase()];
  if (!(node instanceof IndexAccess)) return undefined;
  const before = pathOf(node.expr);
  if (before === undefined || !isFixed(node.expr)) return before;
  return node.index instanceof Literal ? [...before, node.index.literal.coerceString().toLowerCase()] : before;
}

/** Whether every index of a path is a fixed text: after the first that is not, nothing is known. */
function isFixed(node: Expr): boolean {
  return !(node instanceof IndexAccess) || (node.index instanceof Literal && isFixed(node.expr));
}

function indicesOf(node: Expr): Expr[] {
  return node instanceof IndexAccess ? [node.index, ...indicesOf(node.expr)] : [];
}

function children(node: Expr): Expr[] {
  if (node instanceof FunctionCall || node instanceof Logical) return node.args;
  if (node instanceof Binary) return [node.left, node.right];
  if (node instanceof Unary) return [node.expr];
  if (node instanceof Grouping) return [node.group];
  if (node instanceof IndexAccess) return [node.expr, node.index];
  return [];
}
