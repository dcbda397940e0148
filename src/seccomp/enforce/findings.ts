import type { Finding, Measurement, Section } from '../../report/report.ts';
import { cut, listed } from '../../report/text.ts';
import type { CheckedStart, RuntimeRun } from './check.ts';
import { compare } from './repair.ts';
import { enforceRules } from './rules.ts';
import type { StartResult } from './start.ts';

const maxQuoted = 300;

/** What starting a service under its profile showed. Nothing when it starts, serves and stops as without it, under every runtime. */
export function findingsOf(checked: CheckedStart): Finding[] {
  const { check, runs } = checked;
  const place = { file: check.profile.file, resource: check.resource };
  const findings = runs.flatMap((run) => runFindings(checked, run).map((finding) => ({ ...finding, place })));
  const outcomes = runs.flatMap(({ control, under }) =>
    under === undefined ? [] : [compare(control, under) !== 'fails'],
  );
  if (new Set(outcomes).size < 2) return findings;
  const names = (started: boolean): string =>
    runs
      .filter(({ control, under }) => under !== undefined && (compare(control, under) !== 'fails') === started)
      .map(({ runtime }) => `${runtime.name} ${runtime.version}`)
      .join(', ');
  const message = `\`${check.resource}\` starts under ${check.profile.file} with ${names(true)} and not with ${names(false)}.`;
  return [...findings, { rule: enforceRules.runtimesDiffer, message, place, ...fixOf(checked) }];
}

function runFindings(checked: CheckedStart, { runtime, control, under }: RuntimeRun): Finding[] {
  const { resource, profile } = checked.check;
  const by = `with ${runtime.name} ${runtime.version}`;
  if (under === undefined)
    return [
      {
        rule: enforceRules.controlFailed,
        message: `\`${resource}\` does not start ${by} and no profile: ${courseText(control)}`,
      },
    ];
  const findings: Finding[] = [];
  if (under.outcome === 'runtime-refused') {
    findings.push({
      rule: enforceRules.profileRefused,
      message: `${runtime.name} ${runtime.version} does not start \`${resource}\` under ${profile.file}: ${cut(under.refusal, maxQuoted)}`,
    });
    return findings;
  }
  if (control.outcome === 'did-not-stop' && under.outcome === 'did-not-stop')
    findings.push({
      rule: enforceRules.ignoresStop,
      message: `\`${resource}\` does not stop on ${checked.check.start.stopSignal} ${by}.`,
    });
  if (control.filters !== undefined && under.filters !== undefined && under.filters <= control.filters)
    findings.push({
      rule: enforceRules.filterNotLoaded,
      message: `\`${resource}\` runs ${by} under ${profile.file} without a filter.`,
    });
  const course = compare(control, under);
  if (course === 'fails')
    findings.push({
      rule: enforceRules.doesNotStart,
      message: `\`${resource}\` does not start under ${profile.file} ${by}: ${courseText(under)}${needsText(checked, runtime.name)}`,
      ...fixOf(checked),
    });
  if (course === 'degraded')
    findings.push({
      rule: enforceRules.endsOtherwise,
      message: `\`${resource}\` starts under ${profile.file} ${by}, and ends otherwise: ${courseText(under)} Without the profile: ${courseText(control)}${needsText(checked, runtime.name)}`,
      ...fixOf(checked),
    });
  return findings;
}

/** How a start went, as a sentence. */
export function courseText({ outcome, exit, took, output, refusal }: StartResult): string {
  const end = exit === null ? 'killed' : 'signal' in exit ? `by ${exit.signal}` : `with exit code ${exit.code}`;
  const last = output.trim().split('\n').at(-1) ?? '';
  const said = last === '' ? '.' : `; it said last: "${cut(last, maxQuoted)}".`;
  switch (outcome) {
    case 'started':
      return `it started and ended ${end}.`;
    case 'did-not-stop':
      return 'it started and did not stop when asked to.';
    case 'not-ready':
      return `it was not ready in time (${took} ms)${said}`;
    case 'runtime-refused':
      return `the runtime says: ${cut(refusal, maxQuoted)}`;
    case 'exited':
    case 'killed':
      return `it ended ${end} after ${took} ms${said}`;
  }
}

function needsText({ repairs, unrepaired }: CheckedStart, name: string): string {
  const none = unrepaired.find(({ runtime }) => runtime.name === name);
  if (none !== undefined) return ` ${none.why}${none.missing.length > 0 ? ` Missing: ${listed(none.missing)}.` : ''}`;
  const repair = repairs.find(({ runtime }) => runtime.name === name)?.repair;
  if (repair === undefined) {
    const [first] = repairs;
    if (first === undefined) return '';
    const names = listed([...first.repair.fatal, ...first.repair.degraded]);
    return ` What repairs it under ${first.runtime.name} repairs it here too: ${names}.`;
  }
  const { fatal, degraded, tolerated, cutShort, observed } = repair;
  return [
    fatal.length > 0 ? ` Fatal without: ${listed(fatal)}.` : '',
    degraded.length > 0 ? ` Degraded without: ${listed(degraded)}.` : '',
    tolerated.length > 0 ? ` Tolerated: ${listed(tolerated)}.` : '',
    cutShort ? ' Not every call was tried on its own.' : '',
    observed.complete ? '' : ' The kernel dropped records, so there may be more.',
  ].join('');
}

function fixOf({ check, repairs, proven }: CheckedStart): { fix?: string } {
  if (repairs.length === 0) return {};
  const names = [...new Set(repairs.flatMap(({ repair }) => [...repair.fatal, ...repair.degraded]))].sort();
  const allowed = names.filter((name) => name !== 'clone3');
  const widened = [...new Set(repairs.flatMap(({ repair }) => repair.widened))];
  const parts = [
    allowed.length > 0 ? `Allow ${listed(allowed)} in ${check.profile.file}.` : '',
    names.includes('clone3') ? 'Answer clone3 with SCMP_ACT_ERRNO and errnoRet 38 (ENOSYS).' : '',
    widened.length > 0
      ? `The patch allows ${listed(widened)} with any arguments, where the profile had conditions: write one for what the program needs instead.`
      : '',
    proven === undefined
      ? 'That alone was not seen to suffice with every runtime.'
      : 'With the patch it was seen to start with every runtime.',
  ];
  return { fix: parts.filter((part) => part !== '').join(' ') };
}

/** What was started, where, with which versions. */
export function startTable(checks: readonly CheckedStart[]): Section {
  const result = (run: StartResult | undefined): string => (run === undefined ? 'not tried' : run.outcome);
  return {
    title: 'Started under their profiles',
    columns: ['Service', 'Profile', 'Runtime', 'Without profile', 'Under it', 'Filters', 'Ready after', 'Check took'],
    rows: checks.flatMap(({ check, runs }) =>
      runs.map(({ runtime, control, under }) => [
        check.resource,
        check.profile.file,
        `${runtime.name} ${runtime.version}`,
        result(control),
        result(under),
        under?.filters ?? '-',
        under?.readyAfter === undefined ? '-' : `${under.readyAfter} ms`,
        under === undefined ? '-' : `${under.took} ms`,
      ]),
    ),
  };
}

/** Milliseconds that each check under a profile took. */
export function startMeasurements(checks: readonly CheckedStart[]): Measurement[] {
  return checks.flatMap(({ check, runs }) =>
    runs.flatMap(({ runtime, under }) =>
      under === undefined
        ? []
        : [{ name: `${check.resource} under ${check.profile.file}, ${runtime.name}`, value: under.took, unit: 'ms' }],
    ),
  );
}
