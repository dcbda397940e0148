import { readFile, stat } from 'node:fs/promises';
import { DocumentError, type Node } from '../documents/node.ts';
import { parseYaml } from '../documents/yaml.ts';
import type { ReportProblem } from './problem.ts';

/** GitHub's own limit is of this order; a larger file is no workflow. */
const maxFileBytes = 1024 * 1024;

/**
 * Reads a workflow file, or an action's metadata file, and checks it with GitHub's official parser: schema, expressions,
 * which context is allowed where, needs. Our own parser comes first: it bounds what aliases unfold to, the official one
 * does not.
 * @param path what the official parser takes for its name
 * @returns the document, or undefined when something was reported
 */
export async function readChecked(
  file: string,
  path: string,
  kind: 'workflow' | 'action',
  report: ReportProblem,
): Promise<Node | undefined> {
  const start = { line: 1, column: 1 };
  if ((await stat(file)).size > maxFileBytes) {
    report(start, `The file is larger than ${maxFileBytes} bytes.`);
    return undefined;
  }
  const content = await readFile(file, 'utf8');
  try {
    const document = parseYaml(content);
    const errors = await (kind === 'workflow' ? workflowErrors : actionErrors)(path, content);
    for (const { rawMessage, range } of errors) report(range?.start ?? start, rawMessage);
    return errors.length === 0 ? document : undefined;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    report(error, error.message);
    return undefined;
  }
}

interface ParserError {
  readonly rawMessage: string;
  readonly range?: { readonly start: { readonly line: number; readonly column: number } } | undefined;
}

/** Plain Node cannot load the parser, because it imports JSON without saying so; jest and the bundler can. */
async function workflowErrors(name: string, content: string): Promise<readonly ParserError[]> {
  const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import('@actions/workflow-parser');
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors();
}

async function actionErrors(name: string, content: string): Promise<readonly ParserError[]> {
  const { NoOperationTraceWriter } = await import('@actions/workflow-parser');
  const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
  return parseAction({ name, content }, new NoOperationTraceWriter()).context.errors.getErrors();
}
