import type { Finding, Measurement, Section } from '../../report/report.ts';
import { count, listed } from '../../report/text.ts';
import { checkStart, type CheckedStart, type StartCheck } from './check.ts';
import { findingsOf, startMeasurements, startTable } from './findings.ts';
import { compare } from './repair.ts';
import { enforceRules } from './rules.ts';
import { findRuntimes, readMachine } from './runtimes.ts';
import type { EnforceEffects } from './start.ts';

/** Whether services are started under their profiles: where it is possible, always, or never. */
export type EnforceMode = 'auto' | 'require' | 'off';

export interface Starts {
  readonly checked: readonly CheckedStart[];
  /** How many started under their profiles with every runtime. */
  readonly started: number;
  readonly findings: readonly Finding[];
  readonly sections: readonly Section[];
  readonly measurements: readonly Measurement[];
}

/**
 * Starts services under their profiles and says what was, and what was not.
 * @param profiled services that have a profile of their own, as findings name them
 */
export async function runStarts(
  checks: readonly StartCheck[],
  profiled: readonly string[],
  mode: EnforceMode,
  effects: EnforceEffects,
): Promise<Starts> {
  const notTried = (message: string): Starts => ({
    checked: [],
    started: 0,
    findings: [{ rule: mode === 'require' ? enforceRules.enforcementMissing : enforceRules.notEnforced, message }],
    sections: [],
    measurements: [],
  });
  if (mode === 'off') return notTried('`enforce` is off.');
  if (checks.length === 0) return notTried('The policy has no `starts` that say how.');
  const [runtimes, machine] = [await findRuntimes(effects.exec), await readMachine(effects.exec)];
  if (runtimes.length === 0 || machine === undefined)
    return notTried('There is no runtime here that this process may use.');

  const checked: CheckedStart[] = [];
  for (const check of checks) checked.push(await checkStart(effects, runtimes, machine, check));
  const left = profiled.filter((resource) => checks.every((check) => check.resource !== resource));
  return {
    checked,
    started: checked.filter(hasStarted).length,
    findings: [...checked.flatMap(findingsOf), ...leftOut(left, mode)],
    sections: [startTable(checked)],
    measurements: startMeasurements(checked),
  };
}

function hasStarted({ runs }: CheckedStart): boolean {
  return runs.every(({ control, under }) => under !== undefined && compare(control, under) !== 'fails');
}

function leftOut(left: readonly string[], mode: EnforceMode): Finding[] {
  if (left.length === 0) return [];
  const names = listed(left.map((resource) => `\`${resource}\``));
  const message = `The policy does not say how to start ${count(left.length, 'service')} under their profiles: ${names}.`;
  return [{ rule: mode === 'require' ? enforceRules.enforcementMissing : enforceRules.notEnforced, message }];
}
