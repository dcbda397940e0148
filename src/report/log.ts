import type { Finding, Measurement, Report, Section } from './report.ts';
import { placeText, visible } from './text.ts';

const marks = { pass: '✓', fail: '✗', inconclusive: '?', warning: '!', note: '·' } as const;

/**
 * The report as plain lines. A line never starts with text of others and never holds `##[`, so that nothing in it
 * is a workflow command for the runner (actions/runner, ActionCommand: `::` at the start, `##[` anywhere).
 */
export function renderLog(report: Report): string[] {
  return [
    ...report.sections.flatMap(sectionLines),
    ...report.measurements.map(measurementLine),
    ...report.findings.flatMap(findingLines),
    `${marks[report.verdict]} ${report.verdict}: ${report.headline}`,
  ].map(safeLine);
}

/** One line that the runner takes for text. The first character is ours, or a space is put before it. */
export function safeLine(line: string): string {
  return visible(line)
    .replaceAll('##[', '## [')
    .replace(/^(\s*)::/, '$1: :');
}

function findingLines(finding: Finding): string[] {
  const place = placeText(finding.place);
  return [
    `${marks[finding.rule.outcome]} ${finding.rule.id}${place && ` at ${place}`}: ${finding.message}`,
    `    why: ${finding.rule.why}`,
    `    fix: ${finding.fix ?? finding.rule.fix}`,
  ];
}

/** `p95 latency 83 ms (at most 100 ms)`. */
export function measurementText({ name, value, unit, limit }: Measurement): string {
  const bound =
    limit === undefined
      ? ''
      : 'atMost' in limit
        ? ` (at most ${limit.atMost} ${unit})`
        : ` (at least ${limit.atLeast} ${unit})`;
  return `${name} ${value} ${unit}${bound}`;
}

function measurementLine(measurement: Measurement): string {
  return `· ${measurementText(measurement)}`;
}

function sectionLines({ title, columns, rows }: Section): string[] {
  const cells = [columns, ...rows].map((row) => row.map((cell) => visible(String(cell))));
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return [title, ...lines];
}
