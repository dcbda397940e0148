import { measurementText } from './log.ts';
import type { Finding, Report, Section } from './report.ts';
import { count, placeText, visible } from './text.ts';

/** A job summary beyond 1 MiB is dropped by GitHub (actions/runner, FileCommandManager). */
export const summaryMaxBytes = 1024 * 1024;

/** The text of a check run (@octokit/openapi 23.0.2, `checks/create`: 65,535 characters). */
export const checkMaxBytes = 65_535;

const verdictLine = {
  pass: '✅ **pass**',
  fail: '❌ **fail**',
  inconclusive: '❔ **inconclusive** (not enough was measured; this is not a pass)',
} as const;

/**
 * Text of others as Markdown that shows exactly that text. Punctuation becomes character references, which can never
 * be Markdown or HTML syntax (CommonMark 0.31.2, section 2.5), so neither can a list, a link, a table cell or a bare
 * URL begin. `@` gets a zero-width space behind it: GitHub looks for mentions after the references are resolved.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[!-&*+:-@[-`{-~]|(?<=\bwww)\.|(?<=^\d{1,9})[.)]|^-/gi, (mark) => `&#${mark.charCodeAt(0)};`)
    .replaceAll('&#64;', '&#64;&#8203;');
}

/** Text of others in code style, where GitHub links nothing. */
export function code(text: string): string {
  return text === '' ? '' : `<code>${escapeMarkdown(text)}</code>`;
}

/**
 * The report as GitHub Markdown of at most `maxBytes` UTF-8 bytes. What does not fit is left out from the end, row by
 * row, and a last line says so.
 */
export function renderMarkdown(report: Report, title: string, maxBytes: number = summaryMaxBytes): string {
  const blocks: string[][] = [
    [`## ${escapeMarkdown(title)}`, '', `${verdictLine[report.verdict]}: ${escapeMarkdown(report.headline)}`, ''],
    ...(report.findings.length > 0 ? [findingTable(report.findings)] : []),
    ...(report.measurements.length > 0
      ? [[...report.measurements.map((measurement) => `- ${escapeMarkdown(measurementText(measurement))}`), '']]
      : []),
    ...report.sections.map(sectionTable),
  ];
  return fit(blocks.flat(), maxBytes);
}

function findingTable(findings: readonly Finding[]): string[] {
  return table(
    ['', 'Rule', 'Where', 'What', 'Fix'],
    findings.map((finding) => [
      finding.rule.outcome,
      code(finding.rule.id),
      code(placeText(finding.place)),
      `${escapeMarkdown(finding.message)}<br>${escapeMarkdown(finding.rule.why)}`,
      escapeMarkdown(finding.fix ?? finding.rule.fix),
    ]),
  );
}

function sectionTable({ title, columns, rows }: Section): string[] {
  const cells = rows.map((row) => row.map((cell) => escapeMarkdown(String(cell))));
  return [`### ${escapeMarkdown(title)}`, '', ...table(columns.map(escapeMarkdown), cells)];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line), ''];
}

function fit(lines: readonly string[], maxBytes: number): string {
  const whole = `${lines.join('\n')}\n`;
  if (Buffer.byteLength(whole) <= maxBytes) return whole;
  const notice = (left: number) =>
    `\n_${count(left, 'line')} left out: the limit of this place is ${maxBytes} bytes. The JSON report has all._\n`;
  let room = maxBytes - Buffer.byteLength(notice(lines.length));
  const kept: string[] = [];
  for (const line of lines) {
    room -= Buffer.byteLength(line) + 1;
    if (room < 0) break;
    kept.push(line);
  }
  return `${kept.join('\n')}\n${notice(lines.length - kept.length)}`;
}
