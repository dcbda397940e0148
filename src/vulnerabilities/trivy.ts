import { join } from 'node:path';
import {
  ProgramError,
  TooLargeError,
  type Clock,
  type Exec,
  type ExecResult,
  type Files,
  type Log,
  type Program,
} from '../effects/effects.ts';
import type { Rule } from '../report/rule.ts';
import { cut } from '../report/text.ts';
import { dockerConfig, type Login } from '../registry/credentials.ts';
import type { ScanTarget } from '../registry/target.ts';
import { readDatabase, type Database } from './database.ts';
import { NotMeasured } from './not-measured.ts';
import { vulnerabilityRules } from './rules.ts';
import type { ScanReport } from './scan-report.ts';

/** What running Trivy needs of the world. */
export interface ScannerWorld {
  readonly exec: Exec;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** A folder that nobody else writes to. */
  readonly temp: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The public database's mirrors, in the order in which they are asked. */
const repositories = ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'];
const databaseSource = 'pkg:github/aquasecurity/trivy-db';
/** Waits before the second and the third try, milliseconds: the mirrors limit how often a runner may ask. */
const waits = [5000, 20_000];

/**
 * Of an index Trivy scans one platform's image without a word. No index has this platform, so Trivy refuses one; for a
 * digest that is an image it ignores a platform of any system (aquasecurity/trivy v0.74, pkg/remote, resolvePlatform).
 */
const noPlatform = '*/none';
const refusesIndex = 'no child with platform';

const maxReportBytes = 128 * 1024 * 1024;
const maxLogBytes = 4 * 1024 * 1024;
const shownLines = 4;
const shownCharacters = 800;

/** Trivy, started for one run of the gate. */
export class Trivy {
  readonly #program: Program;
  readonly #world: ScannerWorld;
  /** Milliseconds for a download of the database, and for a scan. */
  readonly #timeout: number;

  constructor(program: Program, world: ScannerWorld, timeout: number) {
    this.#program = program;
    this.#world = world;
    this.#timeout = timeout;
  }

  /**
   * Downloads the public database, and tries again when that fails.
   * @throws NotMeasured when it cannot be had
   */
  async download(): Promise<Database> {
    const { clock, log, signal, temp, files } = this.#world;
    const cache = join(temp, 'trivy-cache');
    const args = [
      'image',
      '--download-db-only',
      ...repositories.flatMap((repository) => ['--db-repository', repository]),
    ];
    for (let attempt = 0; ; attempt++) {
      const result = await this.#run([...args, '--cache-dir', cache]);
      if (result.code === 0) break;
      const reason = howItEnded(result, this.#timeout);
      const wait = waits[attempt];
      if (wait === undefined || signal.aborted)
        throw new NotMeasured(
          vulnerabilityRules.databaseMissing,
          `The vulnerability database cannot be downloaded: ${reason}`,
        );
      log.warning(`The download of the vulnerability database failed and is tried again: ${reason}`);
      await clock.sleep(wait, signal);
    }
    return { ...(await readDatabase(cache, files, clock.now())), source: databaseSource };
  }

  /**
   * Scans with a database that is there.
   * @param login user of the registry, when the target is an image
   * @throws NotMeasured when Trivy does not finish, or its report cannot be read
   */
  async scan(
    target: ScanTarget,
    database: Database,
    login: Login | undefined,
  ): Promise<{ report: ScanReport; releaseUnknown: boolean }> {
    const { files, temp } = this.#world;
    const output = join(temp, 'trivy-report.json');
    const config = login && target.kind === 'image' ? await this.#writeLogin(target.image.registry, login) : undefined;
    try {
      const args = [...targetArguments(target), ...this.#scanArguments(database, output)];
      const result = await this.#run(args, config === undefined ? {} : { DOCKER_CONFIG: config });
      if (result.timedOut || result.code !== 0)
        throw new NotMeasured(ruleOf(result), `Trivy ${howItEnded(result, this.#timeout)}`);
      // Trivy tells some of what it could not do in its log only.
      if (result.truncated)
        throw new NotMeasured(vulnerabilityRules.reportTruncated, `Trivy's log is larger than ${maxLogBytes} bytes.`);
      const { readTrivyReport } = await import('./trivy-report.ts');
      const report = readTrivyReport(await readReport(output, files));
      return { report, releaseUnknown: result.stderr.includes('This OS version is not on the EOL list') };
    } finally {
      if (config !== undefined) await files.remove(config);
    }
  }

  /**
   * A configuration of Docker's in place of the user's own: Trivy offers what it finds in TRIVY_USERNAME and
   * TRIVY_PASSWORD to every registry it speaks to, the mirrors of its databases included.
   */
  async #writeLogin(registry: string, login: Login): Promise<string> {
    const folder = join(this.#world.temp, 'docker');
    await this.#world.files.write(join(folder, 'config.json'), dockerConfig(registry, login), 0o600);
    return folder;
  }

  #scanArguments({ cache, source }: Database, output: string): string[] {
    return [
      ...['--cache-dir', cache, '--skip-db-update'],
      // A database that the user gave may be all that is in reach; Java's comes beside it or not at all.
      ...(source === undefined ? ['--skip-java-db-update'] : []),
      // What an earlier step left in a cache on disk would be believed.
      ...['--cache-backend', 'memory', '--offline-scan', '--scanners', 'vuln'],
      ...['--format', 'json', '--output', output, '--list-all-pkgs', '--show-suppressed', '--exit-code', '0'],
    ];
  }

  /**
   * Runs Trivy in an empty folder: it obeys a `trivy.yaml` and a `.trivyignore` where it starts, and in the workspace
   * those come with the pull request. Modules in the home folder could change its findings.
   */
  async #run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<ExecResult> {
    const { exec, files, temp, signal } = this.#world;
    const folder = join(temp, 'trivy-folder');
    await files.makeFolder(folder);
    const own = ['--module-dir', folder, '--no-progress', '--skip-version-check', '--disable-telemetry'];
    // Its own limit comes second, so that there is one way in which a timeout looks.
    const limit = ['--timeout', `${this.#timeout + 60_000}ms`];
    try {
      return await exec(this.#program.path, [...args, ...own, ...limit], {
        cwd: folder,
        env: { ...this.#world.environment, ...environment },
        timeout: this.#timeout,
        maxOutput: maxLogBytes,
        signal,
      });
    } catch (error) {
      throw new ProgramError(
        `Trivy cannot be started: ${(error as Error).message}.`,
        'Check that the file is a program for this machine, or leave out `trivy-path`.',
        { cause: error },
      );
    }
  }
}

function targetArguments(target: ScanTarget): string[] {
  switch (target.kind) {
    case 'image':
      // A container engine on the runner may hold anything under this name; the registry's bytes have the digest.
      return ['image', target.image.text, '--image-src', 'remote', '--platform', noPlatform];
    case 'layout':
      return ['image', '--input', `${target.path}@${target.digest}`];
    case 'folder':
      return ['rootfs', target.path];
  }
}

function ruleOf({ timedOut, stderr }: ExecResult): Rule {
  if (timedOut) return vulnerabilityRules.scannerTimeout;
  return stderr.includes(refusesIndex) ? vulnerabilityRules.indexOfImages : vulnerabilityRules.scannerCrashed;
}

async function readReport(path: string, files: Files): Promise<string> {
  try {
    return await files.readText(path, maxReportBytes);
  } catch (error) {
    const reason = error instanceof TooLargeError ? `is larger than ${maxReportBytes} bytes` : 'cannot be read';
    throw new NotMeasured(vulnerabilityRules.reportTruncated, `The report that Trivy should have written ${reason}.`);
  }
}

/** `ended with exit code 1. Its last lines: …`; its lines are text of others. */
function howItEnded({ code, signal, timedOut, stderr }: ExecResult, timeout: number): string {
  const end = timedOut
    ? `took longer than ${timeout / 1000} s and was stopped`
    : code === null
      ? `was ended by ${signal ?? 'a signal'}`
      : `ended with exit code ${code}`;
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const last = cut(lines.slice(-shownLines).join(' | '), shownCharacters);
  return last === '' ? `${end} and said nothing.` : `${end}. Its last lines: ${last}`;
}
