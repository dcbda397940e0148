import type { ReportProblem } from './problem.ts';

/** GitHub's own limit is of this order; a larger file is no workflow. */
export const maxFileBytes = 1024 * 1024;

/**
 * Checks a workflow file with GitHub's official parser: schema, expressions, which context is allowed where, needs.
 * It is imported here because plain Node cannot load its JSON import; jest and the bundler can.
 * @returns whether the file is valid; if not, every problem was reported
 */
export async function validateWorkflow(path: string, content: string, report: ReportProblem): Promise<boolean> {
  const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import('@actions/workflow-parser');
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return reportAll(context.errors.getErrors(), report);
}

/** The same for an action's metadata file. */
export async function validateAction(path: string, content: string, report: ReportProblem): Promise<boolean> {
  const { NoOperationTraceWriter } = await import('@actions/workflow-parser');
  const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
  const { context } = parseAction({ name: path, content }, new NoOperationTraceWriter());
  return reportAll(context.errors.getErrors(), report);
}

interface ParserError {
  readonly rawMessage: string;
  readonly range?: { readonly start: { readonly line: number; readonly column: number } } | undefined;
}

function reportAll(errors: readonly ParserError[], report: ReportProblem): boolean {
  for (const { rawMessage, range } of errors) report(range?.start ?? { line: 1, column: 1 }, rawMessage);
  return errors.length === 0;
}
