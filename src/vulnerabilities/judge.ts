import type { Finding, Section } from '../report/report.ts';
import { count, cut, listed } from '../report/text.ts';
import type { VulnerabilityPolicy } from './policy.ts';
import { vulnerabilityRules } from './rules.ts';
import type { Vulnerability } from './scan-report.ts';
import { severities, type Severity } from './severity.ts';

const maxTitle = 200;

/** How many vulnerabilities of a severity there are: all, those with a fixed version, those that the policy fails on. */
export interface Count {
  readonly severity: Severity;
  readonly found: number;
  readonly fixable: number;
  readonly failing: number;
}

/**
 * Judges each vulnerability by the policy: a failing finding for each that it does not allow, and a note for each
 * severity of which it allows some. The order in which they were found does not matter.
 */
export function judge(found: readonly Vulnerability[], policy: VulnerabilityPolicy): Finding[] {
  const sorted = inOrder(found);
  return [
    ...severities.flatMap((severity) =>
      sorted.filter((one) => one.severity === severity && fails(one, policy)).map(failing),
    ),
    ...severities.flatMap((severity) => {
      const allowed = sorted.filter((one) => one.severity === severity && !fails(one, policy));
      return allowed.length === 0 ? [] : [tolerated(severity, allowed, policy)];
    }),
  ];
}

export function countVulnerabilities(found: readonly Vulnerability[], policy: VulnerabilityPolicy): Count[] {
  return severities.map((severity) => {
    const ofSeverity = found.filter((one) => one.severity === severity);
    return {
      severity,
      found: ofSeverity.length,
      fixable: ofSeverity.filter(({ fixable }) => fixable).length,
      failing: ofSeverity.filter((one) => fails(one, policy)).length,
    };
  });
}

export function countTable(counts: readonly Count[], policy: VulnerabilityPolicy): Section {
  return {
    title: 'Vulnerabilities by severity',
    columns: ['Severity', 'Found', 'Fixable', 'Fails the gate', 'By the policy'],
    rows: counts.map((row) => [row.severity, row.found, row.fixable, row.failing, policy.fail[row.severity]]),
  };
}

function fails({ severity, fixable }: Vulnerability, policy: VulnerabilityPolicy): boolean {
  const when = policy.fail[severity];
  return when === 'always' || (when === 'fixable' && fixable);
}

function failing(one: Vulnerability): Finding {
  const { id, severity, title, url, installed, fixed, fixable } = one;
  const version = installed === '' ? one.package : `${one.package} ${installed}`;
  const about = title === '' ? '' : ` ${cut(title.replace(/\.$/, ''), maxTitle)}.`;
  return {
    rule: vulnerabilityRules.found,
    message: `${version} has ${id} (${severity}).${about}${url === '' ? '' : ` See ${url}`}`,
    place: { resource: [one.purl || one.package, one.path].filter(Boolean).join(' in ') },
    ...(fixable && { fix: `Update ${one.package} to ${fixed}.` }),
  };
}

function tolerated(severity: Severity, allowed: readonly Vulnerability[], policy: VulnerabilityPolicy): Finding {
  const ids = [...new Set(allowed.map(({ id }) => id))];
  const named = listed(ids);
  const many = count(allowed.length, 'vulnerability', 'vulnerabilities');
  const reason = policy.fail[severity] === 'fixable' ? 'no fixed version exists' : `${severity} never fails`;
  return {
    rule: vulnerabilityRules.tolerated,
    message: `${many} of severity ${severity} allowed (${reason}): ${named}.`,
  };
}

/** By id, then package; complete, so that every order of the same vulnerabilities gives the same report. */
function inOrder(found: readonly Vulnerability[]): Vulnerability[] {
  const keyed = found.map((one) => ({ one, key: [one.id, one.package, JSON.stringify(one)].join('\0') }));
  return keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1)).map(({ one }) => one);
}
