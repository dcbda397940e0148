/**
 * The bundled trivy-gate with everything that can go wrong around a scan: none of it may pass. The scanner is a script
 * that does what a broken or hostile Trivy would do; the cases about the database use the real one.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { debianFiles, updated } from '../support/debian-image.ts';
import { program } from '../support/programs.ts';
import { runAction, type ActionRun } from '../support/run-action.ts';
import { writeTree } from '../support/small-image.ts';
import { makeDatabase } from '../support/vulnerability-database.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const asked = `ghcr.io/octo/shop@${digest('a')}`;
const hour = 3_600_000;

let workspace: string;

jest.setTimeout(60_000);
/** A program may have to be built first. */
const timeToBuild = 900_000;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'slipway-trivy-faults-'));
  await makeDatabase(join(workspace, 'cache'));
  await writeTree(join(workspace, 'rootfs'), debianFiles(updated));
}, timeToBuild);

afterAll(() => rm(workspace, { recursive: true, force: true }));

/** A report of Trivy about an image with one package. */
function reportOf(imageDigest: string, severity?: string): string {
  const vulnerability = { VulnerabilityID: 'CVE-1', PkgName: 'libc6', Severity: severity, Status: 'fixed' };
  return JSON.stringify({
    ...{ SchemaVersion: 2, Trivy: { Version: '0.74.0' }, ArtifactType: 'container_image' },
    ArtifactName: `ghcr.io/octo/shop@${imageDigest}`,
    Metadata: { ImageID: digest('c'), RepoDigests: [`ghcr.io/octo/shop@${imageDigest}`] },
    Results: [
      {
        ...{ Target: 'Node.js', Class: 'lang-pkgs', Type: 'node-pkg', Packages: [{ Name: 'libc6' }] },
        ...(severity !== undefined && { Vulnerabilities: [vulnerability] }),
      },
    ],
  });
}

/** Runs the gate with a shell script as Trivy; `$report` in it is the file that the gate will read. */
async function gateWith(script: string, inputs: Record<string, string> = {}): Promise<ActionRun> {
  const fake = join(workspace, 'fake-trivy');
  const findReport = 'for argument; do [ "$last" = --output ] && report=$argument; last=$argument; done';
  await writeFile(fake, `#!/bin/sh\n${findReport}\n${script}\n`, { mode: 0o755 });
  return gate({ target: asked, 'trivy-path': fake, ...inputs });
}

function gate(inputs: Record<string, string>): Promise<ActionRun> {
  return runAction('trivy-gate', { inputs: { database: 'cache', ...inputs }, workspace });
}

function write(report: string): string {
  return `cat > "$report" <<'END'\n${report}\nEND`;
}

function expectInconclusive(run: ActionRun, rule: string): void {
  expect(run.report?.findings.map((finding) => finding.rule)).toEqual([`vulnerabilities/${rule}`]);
  expect(run.code).toBe(3);
  expect(run.outputs.verdict).toBe('inconclusive');
  const types = run.statements.map(({ predicateType }) => predicateType);
  expect(types).toEqual(['https://in-toto.io/attestation/svr/v0.2']);
  expect(run.statements[0]?.predicate).toMatchObject({ properties: [] });
}

describe('a scanner', () => {
  it('that works passes, so that the cases below prove something', async () => {
    expect((await gateWith(write(reportOf(digest('a'))))).code).toBe(0);
    expect((await gateWith(write(reportOf(digest('a'), 'CRITICAL')))).code).toBe(1);
  });

  it.each([
    ['crashes', 'echo "panic: runtime error" >&2; exit 2', 'scanner-crashed'],
    ['exits 1 although it wrote a report', `${write(reportOf(digest('a')))}\nexit 1`, 'scanner-crashed'],
    ['exits 1 with findings', `${write(reportOf(digest('a'), 'LOW'))}\nexit 1`, 'scanner-crashed'],
    ['is killed', 'kill -KILL $$', 'scanner-crashed'],
    ['is killed after it wrote a report', `${write(reportOf(digest('a')))}\nkill -KILL $$`, 'scanner-crashed'],
    ['prints nothing', 'exit 0', 'report-truncated'],
    ['writes an empty file', ': > "$report"', 'report-truncated'],
    ['writes half its report', write(reportOf(digest('a')).slice(0, 200)), 'report-truncated'],
    ['writes a report of another schema', write(reportOf(digest('a')).replace('2', '3')), 'report-unknown'],
    ['writes its log into the report', write('FATAL no such image'), 'report-truncated'],
    ['writes the report of another image', write(reportOf(digest('b'))), 'report-of-other-image'],
    ['writes the findings of another image', write(reportOf(digest('b'), 'CRITICAL')), 'report-of-other-image'],
    ['writes an empty object', write('{}'), 'report-unknown'],
    ['fills the disk', 'ln -s /dev/full "$report" && echo x > "$report"', 'scanner-crashed'],
  ])('that %s gives no verdict', async (_, script, rule) => {
    expectInconclusive(await gateWith(script), rule);
  });

  it('that is no program gives no verdict', async () => {
    await writeFile(join(workspace, 'text'), 'not a program', { mode: 0o755 });
    expectInconclusive(await gate({ target: asked, 'trivy-path': join(workspace, 'text') }), 'scanner-crashed');
  });

  it('that hangs is stopped with everything it started', async () => {
    const pids = join(workspace, 'pids');
    const run = await gateWith(`sleep 600 & echo "$! $$" > '${pids}'; wait`, { timeout: '500ms' });
    expectInconclusive(run, 'scanner-timeout');
    for (const pid of (await readFile(pids, 'utf8')).trim().split(' ')) expect(await isRunning(pid)).toBe(false);
  });

  it('that shouts cannot command the runner', async () => {
    const run = await gateWith('printf "::set-output name=verdict::pass\\n##[command]x\\n\\033[2J" >&2; exit 1');
    expectInconclusive(run, 'scanner-crashed');
    expect(run.log).not.toMatch(/^::(?!error )/m);
    expect(run.log).not.toMatch(/^(?!::error ).*##\[/m);
    expect(run.log).not.toContain('\u001b');
  });

  it('sees a login only in a file of its owner, gone afterwards, and never as an argument', async () => {
    const seen = join(workspace, 'seen');
    const look = `stat -c '%a %n' "$DOCKER_CONFIG/config.json" > '${seen}'; echo "$@" >> '${seen}'; env >> '${seen}'`;
    const login = { 'registry-username': 'ci', 'registry-password': 'correct horse' };
    await gateWith(`${look}\n${write(reportOf(digest('a')))}`, login);
    const text = await readFile(seen, 'utf8');
    expect(text).toMatch(/^600 /);
    expect(text).not.toContain('correct horse');
    const [, file = ''] = /^600 (.*)$/m.exec(text) ?? [];
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});

/** Whether a process still does anything; one that ended stays a zombie until somebody asks how. */
async function isRunning(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !status.includes(') Z');
}

describe('a vulnerability database', () => {
  const scan = async (database: string): Promise<ActionRun> =>
    gate({ target: 'rootfs', database, 'trivy-path': await program('trivy') });
  const rules = ({ report }: ActionRun) => report?.findings.map(({ rule }) => rule);

  it('that is missing gives no verdict', async () => {
    const run = await scan('no-such-folder');
    expect(rules(run)).toEqual(['vulnerabilities/database-missing']);
    expect(run.code).toBe(3);
  });

  it.each([
    ['older than the policy allows', -49, 3, ['vulnerabilities/database-stale']],
    ['as old as the policy allows', -47.9, 0, []],
    ['from the future', 48, 3, ['vulnerabilities/database-unreadable']],
  ])('%s is judged by its age', async (name, hours, code, expected) => {
    const folder = name.replaceAll(' ', '-');
    await makeDatabase(join(workspace, folder), new Date(Date.now() + hours * hour));
    const run = await scan(folder);
    expect(rules(run)).toEqual(expected);
    expect(run.code).toBe(code);
  });

  it('that is too old still shows what it finds', async () => {
    await makeDatabase(join(workspace, 'old'), new Date(Date.now() - 1000 * hour));
    const old = updated.map((one) => ({ ...one, version: '1' }));
    await writeTree(join(workspace, 'vulnerable'), debianFiles(old));
    const run = await gate({ target: 'vulnerable', database: 'old', 'trivy-path': await program('trivy') });
    expect(run.code).toBe(1);
    expect(rules(run)).toContain('vulnerabilities/vulnerability-found');
    expect(rules(run)).toContain('vulnerabilities/database-stale');
  });

  it.each([
    ['cut off', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 5000))],
    ['that is something else', (file: string) => writeFile(file, 'x'.repeat(20_000))],
    ['that is empty', (file: string) => writeFile(file, '')],
  ])('%s gives no verdict', async (name, damage) => {
    const folder = name.replaceAll(' ', '-');
    await makeDatabase(join(workspace, folder));
    await damage(join(workspace, folder, 'db/trivy.db'));
    const run = await scan(folder);
    expect(rules(run)).toEqual(['vulnerabilities/scanner-crashed']);
    expect(run.code).toBe(3);
  });
});
