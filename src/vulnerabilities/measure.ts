import type { FindProgram, Program } from '../effects/effects.ts';
import type { Login } from '../registry/credentials.ts';
import type { GivenTarget, ScanTarget } from '../registry/target.ts';
import type { Finding } from '../report/report.ts';
import { checkCoverage } from './coverage.ts';
import { checkAge, readDatabase, type Database } from './database.ts';
import { NotMeasured } from './not-measured.ts';
import type { VulnerabilityPolicy } from './policy.ts';
import { vulnerabilityRules } from './rules.ts';
import { checkSameTarget } from './same-target.ts';
import type { ScanReport } from './scan-report.ts';
import { Trivy, type ScannerWorld } from './trivy.ts';

/** What to scan, and with what. */
export interface ScanRequest {
  readonly target: GivenTarget;
  /** Digest of the image that is meant; a layout may hold several. */
  readonly digest: string | undefined;
  readonly policy: VulnerabilityPolicy;
  /** Trivy's cache folder with a database in it; without it the public one is downloaded. */
  readonly database: string | undefined;
  /** User of the target's registry. */
  readonly login: Login | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly trivyPath: string | undefined;
}

/** How far the measurement came. Without a `scan` a finding says why. */
export interface Measured {
  readonly findings: readonly Finding[];
  readonly program?: Program;
  readonly database?: Database;
  readonly scan?: Scan;
}

export interface Scan {
  readonly report: ScanReport;
  readonly startedOn: Date;
  readonly finishedOn: Date;
}

/**
 * Scans the target. What keeps the scan from saying anything becomes a finding; the vulnerabilities are not judged here.
 * @throws ProgramError when Trivy cannot be had or started
 */
export async function measure(request: ScanRequest, find: FindProgram, world: ScannerWorld): Promise<Measured> {
  let measured: Measured = { findings: [] };
  try {
    const program = await find('trivy', request.trivyPath);
    measured = { ...measured, program };
    const target = await resolveTarget(request, world);
    const trivy = new Trivy(program, world, request.timeout);
    const database =
      request.database === undefined
        ? await trivy.download()
        : await readDatabase(request.database, world.files, world.clock.now());
    const age = checkAge(database, world.clock.now(), request.policy);
    measured = { ...measured, database, findings: age };
    const startedOn = world.clock.now();
    const { report, releaseUnknown } = await trivy.scan(target, database, request.login);
    checkSameTarget(report, target);
    const coverage = checkCoverage(report, releaseUnknown, request.policy);
    const scan = { report, startedOn, finishedOn: world.clock.now() };
    return { ...measured, scan, findings: [...age, ...coverage] };
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return { ...measured, findings: [...measured.findings, error.finding] };
  }
}

async function resolveTarget({ target, digest }: ScanRequest, { files }: ScannerWorld): Promise<ScanTarget> {
  if (target.kind !== 'layout') return target;
  const { LayoutError, readLayout } = await import('../registry/layout.ts');
  try {
    return await readLayout(target.path, digest, files);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    const rule = { invalid: vulnerabilityRules.invalidLayout, several: vulnerabilityRules.indexOfImages };
    throw new NotMeasured(rule[error.problem], `The OCI layout cannot be scanned: ${error.message}`);
  }
}
