import { describe, expect, it } from '@jest/globals';
import {
  fakeNow,
  fakeProgram,
  fakeReport,
  fakeTrivy,
  type Ending,
  type FakeTrivy,
} from '../../test/support/fake-trivy.ts';
import { ProgramError } from '../effects/effects.ts';
import type { ScanTarget } from '../registry/target.ts';
import type { Database } from './database.ts';
import { NotMeasured } from './not-measured.ts';
import { Trivy } from './trivy.ts';

const folder: ScanTarget = { kind: 'folder', path: '/w/root' };
const image: ScanTarget = {
  kind: 'image',
  image: { registry: 'ghcr.io', repository: 'o/n', digest: 'sha256:aa', text: 'ghcr.io/o/n@sha256:aa' },
};
const database: Database = { cache: '/cache', updatedAt: fakeNow };
const report = JSON.stringify(fakeReport);

function start(...endings: Ending[]): FakeTrivy & { readonly trivy: Trivy } {
  const fake = fakeTrivy(...endings);
  return { ...fake, trivy: new Trivy(fakeProgram, fake.world, 600_000) };
}

async function refusal(work: Promise<unknown>): Promise<{ rule: string; message: string }> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NotMeasured)) throw new Error(`not refused but ${String(error)}`);
  return { rule: error.finding.rule.id.replace('vulnerabilities/', ''), message: error.message };
}

describe('a scan', () => {
  it.each<[string, ScanTarget, string[]]>([
    [
      'an image comes from its registry, not from an engine',
      image,
      ['image', 'ghcr.io/o/n@sha256:aa', '--image-src', 'remote', '--platform', '*/none'],
    ],
    [
      'an OCI layout is read at one digest',
      { kind: 'layout', path: '/w/oci', digest: 'sha256:aa', configDigest: 'sha256:cc' },
      ['image', '--input', '/w/oci@sha256:aa'],
    ],
    ['a folder is a root file system', folder, ['rootfs', '/w/root']],
  ])('of %s', async (_, target, expected) => {
    const { trivy, calls } = start();
    await trivy.scan(target, database, undefined);
    expect(calls[0]?.args.slice(0, expected.length)).toEqual(expected);
  });

  it('asks for everything the gate needs, and lets neither an exit code nor a cache decide', async () => {
    const { trivy, calls } = start();
    await trivy.scan(folder, database, undefined);
    expect(calls[0]?.args.join(' ')).toBe(
      'rootfs /w/root --cache-dir /cache --skip-db-update --skip-java-db-update --cache-backend memory --offline-scan' +
        ' --scanners vuln --format json --output /temp/trivy-report.json --list-all-pkgs --show-suppressed --exit-code 0' +
        ' --module-dir /temp/trivy-folder --no-progress --skip-version-check --disable-telemetry --timeout 660000ms',
    );
  });

  it('starts where no file of the workspace can steer it, with no variable but the plain ones', async () => {
    const { trivy, calls } = start();
    await trivy.scan(folder, database, undefined);
    expect(calls[0]?.options).toMatchObject({ cwd: '/temp/trivy-folder', timeout: 600_000 });
    expect(calls[0]?.options.env).toEqual({ PATH: '/usr/bin', HOME: '/home/runner' });
  });

  it("with the public database may also download Java's", async () => {
    const { trivy, calls } = start();
    await trivy.scan(folder, { ...database, source: 'pkg:github/aquasecurity/trivy-db' }, undefined);
    expect(calls[0]?.args).not.toContain('--skip-java-db-update');
  });

  it('gives the login to one registry only, in a file of its owner that is gone afterwards', async () => {
    const { trivy, calls, files, docker } = start();
    await trivy.scan(image, database, { username: 'ci', password: 'pa,ss' });
    expect(JSON.parse(docker.config ?? '')).toEqual({ auths: { 'ghcr.io': { auth: btoa('ci:pa,ss') } } });
    expect(docker.mode).toBe(0o600);
    expect(files.content).not.toHaveProperty(['/temp/docker/config.json']);
    expect(JSON.stringify(calls[0])).not.toContain('pa,ss');
  });

  it('removes the login also when Trivy crashes', async () => {
    const { trivy, files } = start({ code: 1 });
    await refusal(trivy.scan(image, database, { username: 'ci', password: 'secret' }));
    expect(files.content).not.toHaveProperty(['/temp/docker/config.json']);
  });

  it.each([
    ['does not know this release', 'WARN\tThis OS version is not on the EOL list\tfamily="debian"', true],
    ['says nothing of the kind', 'INFO\tDetected OS', false],
  ])('notes when Trivy %s', async (_, stderr, expected) => {
    const { trivy } = start({ stderr });
    expect(await trivy.scan(folder, database, undefined)).toMatchObject({ releaseUnknown: expected });
  });

  it.each([
    [
      'exits 1, even with a report',
      { code: 1, stderr: 'a\n\nFATAL\tno space' },
      'scanner-crashed',
      /exit code 1\. Its last lines: a \| FATAL\tno space$/,
    ],
    ['exits without a word', { code: 2 }, 'scanner-crashed', /exit code 2 and said nothing/],
    [
      'refuses an index',
      { code: 1, stderr: '* remote error: no child with platform linux/none in index ghcr.io/o/n' },
      'index-of-images',
      /no child/,
    ],
    ['is killed', { code: null, signal: 'SIGKILL' }, 'scanner-crashed', /ended by SIGKILL/],
    ['hangs', { code: null, signal: 'SIGTERM', timedOut: true }, 'scanner-timeout', /took longer than 600 s/],
    ['hangs and ends well when told to stop', { code: 0, timedOut: true }, 'scanner-timeout', /took longer/],
    ['writes half a report', { report: report.slice(0, 40) }, 'report-truncated', /no JSON/],
    ['writes an empty report', { report: '' }, 'report-truncated', /empty report/],
    ['says more than can be read', { truncated: true }, 'report-truncated', /log is larger/],
    ['writes no report', { writesNothing: true as const }, 'report-truncated', /cannot be read/],
    ['writes a report of another form', { report: '{}' }, 'report-unknown', /SchemaVersion/],
  ])('says nothing when Trivy %s', async (_, ending, rule, message) => {
    const { trivy } = start(ending);
    const found = await refusal(trivy.scan(folder, database, undefined));
    expect(found.rule).toBe(rule);
    expect(found.message).toMatch(message);
  });

  it('shows only the last lines of a long log', async () => {
    const { trivy } = start({
      code: 1,
      stderr: Array.from({ length: 50 }, (_, n) => `${n} ${'x'.repeat(300)}`).join('\n'),
    });
    const { message } = await refusal(trivy.scan(folder, database, undefined));
    expect(message).toContain('46 xxx');
    expect(message.length).toBeLessThan(900);
  });

  it('says when Trivy cannot be started', async () => {
    const { trivy } = start({ cannotStart: 'spawn EACCES' });
    const failure = await trivy.scan(folder, database, undefined).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProgramError);
    expect(failure).toMatchObject({ message: 'Trivy cannot be started: spawn EACCES.' });
  });
});

describe('the public database', () => {
  it('is downloaded from its mirrors, in order, into a cache of its own', async () => {
    const { trivy, calls } = start();
    expect(await trivy.download()).toEqual({
      cache: '/temp/trivy-cache',
      updatedAt: new Date('2026-11-21T06:00:00Z'),
      source: 'pkg:github/aquasecurity/trivy-db',
    });
    expect(calls[0]?.args.join(' ')).toMatch(
      /^image --download-db-only --db-repository mirror\.gcr\.io\/aquasec\/trivy-db:2 --db-repository ghcr\.io\/aquasecurity\/trivy-db:2 --cache-dir \/temp\/trivy-cache /,
    );
  });

  it('is asked for again when the mirrors are busy', async () => {
    const { trivy, waits, warnings } = start({ code: 1, stderr: 'TOOMANYREQUESTS' }, { code: 1 });
    await trivy.download();
    expect(waits).toEqual([5000, 20_000]);
    expect(warnings[0]).toContain('TOOMANYREQUESTS');
  });

  it('is missing after three tries', async () => {
    const { trivy, calls } = start({ code: 1 }, { code: 1 }, { code: 1, stderr: 'FATAL\tno route to host' });
    const found = await refusal(trivy.download());
    expect(found.rule).toBe('database-missing');
    expect(found.message).toContain('no route to host');
    expect(calls).toHaveLength(3);
  });
});
