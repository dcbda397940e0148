import type { Report } from './report.ts';

/** Version of the JSON report; it changes when a reader of the old form would misread the new one. */
export const reportVersion = 1;

/** The report for machines, as described by `schemas/report.json`. Text is kept as it is, only escaped as JSON. */
export function renderJson(report: Report, gate: string): string {
  const { verdict, headline, findings, measurements, sections, subjects, policy, programs, outputs } = report;
  const body = {
    version: reportVersion,
    gate,
    verdict,
    headline,
    findings: findings.map(({ rule, message, place, subject, fix }) => ({
      rule: rule.id,
      outcome: rule.outcome,
      message,
      ...(place && { place }),
      ...(subject !== undefined && { subject }),
      why: rule.why,
      fix: fix ?? rule.fix,
    })),
    measurements,
    sections,
    subjects,
    ...(policy && { policy }),
    programs,
    outputs,
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}
