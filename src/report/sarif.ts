import { createHash } from 'node:crypto';
import type { Finding, Report } from './report.ts';
import type { Outcome, Rule } from './rule.ts';
import { placeText, visible } from './text.ts';

/** What GitHub code scanning accepts (docs.github.com, "SARIF results exceed one or more limits"). */
export const sarifLimits = { results: 25_000, rules: 25_000 } as const;

const levelOf: Record<Outcome, 'error' | 'warning' | 'note'> = {
  fail: 'error',
  inconclusive: 'error',
  warning: 'warning',
  note: 'note',
};

/** The findings as SARIF 2.1.0 (OASIS), worst first, at most as many as GitHub takes; a notification counts the rest. */
export function renderSarif(report: Report, gate: string, version: string, informationUri: string): string {
  const shown = report.findings.slice(0, sarifLimits.results);
  const rules = [...new Map(shown.map(({ rule }) => [rule.id, rule])).values()].slice(0, sarifLimits.rules);
  const left = report.findings.length - shown.length;
  const run = {
    tool: { driver: { name: `slipway ${gate}`, version, informationUri, rules: rules.map(ruleOf) } },
    invocations: [
      {
        executionSuccessful: report.verdict !== 'inconclusive',
        toolExecutionNotifications:
          left > 0
            ? [
                {
                  level: 'warning',
                  message: { text: `${left} findings left out: GitHub takes ${sarifLimits.results}.` },
                },
              ]
            : [],
      },
    ],
    results: shown.map((finding) => resultOf(finding, rules)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(rule: Rule): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: rule.fix },
    ...(rule.reference !== undefined && { helpUri: rule.reference }),
    defaultConfiguration: { level: levelOf[rule.outcome] },
  };
}

function resultOf(finding: Finding, rules: readonly Rule[]): object {
  const { rule, message, place, fix } = finding;
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    level: levelOf[rule.outcome],
    message: { text: visible(`${message} Fix: ${fix ?? rule.fix}`) },
    locations: [locationOf(finding)],
    // Place without line: the same finding stays the same alert when lines above it change.
    partialFingerprints: {
      'slipway/v1': createHash('sha256')
        .update(JSON.stringify([rule.id, place?.file, place?.resource, message]))
        .digest('hex'),
    },
  };
}

function locationOf({ place = {} }: Finding): object {
  const { file, line, column, resource } = place;
  return {
    ...(file !== undefined && {
      physicalLocation: {
        artifactLocation: {
          uri: file
            .split('/')
            .map((part) => encodeURIComponent(part.toWellFormed()))
            .join('/'),
        },
        ...(line !== undefined && {
          region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
        }),
      },
    }),
    ...(resource !== undefined && { logicalLocations: [{ fullyQualifiedName: visible(resource) }] }),
    ...(file === undefined && resource === undefined && { message: { text: placeText(place) || 'whole run' } }),
  };
}
