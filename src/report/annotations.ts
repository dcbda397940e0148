import type { Finding, Report } from './report.ts';
import type { Outcome } from './rule.ts';
import { count, cut, visible } from './text.ts';

/** A line beside the code. The frame hands it to the runner, which escapes message and properties. */
export interface Annotation {
  readonly type: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** GitHub keeps 10 annotations of a type and step and cuts a message at 4,096 characters (actions/runner, ExecutionContext). */
export const annotationLimits = { perType: 10, message: 4096, title: 255 } as const;

const typeOf: Record<Outcome, Annotation['type']> = {
  fail: 'error',
  inconclusive: 'error',
  warning: 'warning',
  note: 'notice',
};

/** The findings as annotations, worst first; when a type has too many, its last one counts the rest. */
export function renderAnnotations(report: Report): Annotation[] {
  const all = report.findings.map(annotationOf);
  return (['error', 'warning', 'notice'] as const).flatMap((type) => {
    const ofType = all.filter((annotation) => annotation.type === type);
    if (ofType.length <= annotationLimits.perType) return ofType;
    const shown = ofType.slice(0, annotationLimits.perType - 1);
    const rest = count(ofType.length - shown.length, 'more finding');
    return [...shown, { type, title: rest, message: `${rest} of this kind: see the job summary and the report.` }];
  });
}

function annotationOf(finding: Finding): Annotation {
  const { file, line, column, resource } = finding.place ?? {};
  const where = resource === undefined ? '' : `${resource}: `;
  const text = `${where}${finding.message} Why: ${finding.rule.why} Fix: ${finding.fix ?? finding.rule.fix}`;
  return {
    type: typeOf[finding.rule.outcome],
    title: cut(visible(`${finding.rule.id}: ${finding.rule.title}`), annotationLimits.title),
    message: cut(visible(text), annotationLimits.message),
    ...(file !== undefined && { file: visible(file) }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
