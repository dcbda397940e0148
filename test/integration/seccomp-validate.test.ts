/** The bundled seccomp-validate with the machine's own Git, runc, crun and Helm. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { program } from '../support/programs.ts';
import { runAction, type ActionRun } from '../support/run-action.ts';
import { commit, git, rulesOf, seccompPolicy, writeFiles, type Content } from '../support/seccomp-gate.ts';
import { without } from '../support/shipped-profiles.ts';

jest.setTimeout(60_000);

const profile = await readFile('policies/seccomp/python.json', 'utf8');
/** The profile with more calls allowed, on one line of their own. */
const allowing = (...names: string[]): string =>
  profile.replace(
    '"syscalls": [',
    `"syscalls": [\n    { "names": ${JSON.stringify(names)}, "action": "SCMP_ACT_ALLOW" },`,
  );
const compose = 'services:\n  web: { image: web, security_opt: [seccomp=seccomp/web.json] }\n';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-gate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Setup {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the gate in a workspace, with its policy in `slipway.yaml`; nothing is started unless a test says so. */
function gate(workspace: string, { inputs, environment }: Setup = {}): Promise<ActionRun> {
  const all = { policy: 'slipway.yaml', enforce: 'off', ...inputs };
  return runAction('seccomp-validate', { workspace, inputs: all, ...(environment && { environment }) });
}
const found = ({ report }: ActionRun, rule: string): NonNullable<ActionRun['report']>['findings'] =>
  (report?.findings ?? []).filter((finding) => finding.rule === rule);

describe('a pull request', () => {
  let repositories = 0;
  /** A repository with a base and a head. */
  async function pullRequest(head: Content, base: Content = {}): Promise<{ repository: string; base: string }> {
    const repository = join(folder, `repository-${++repositories}`);
    await mkdir(repository);
    const first = await commit(repository, {
      ...{ 'compose.yaml': compose, 'seccomp/web.json': profile, 'slipway.yaml': seccompPolicy() },
      ...base,
    });
    await commit(repository, head);
    return { repository, base: first };
  }
  const run = async (head: Content, base?: Content): Promise<ActionRun> => {
    const made = await pullRequest(head, base);
    return gate(made.repository, { inputs: { base: made.base } });
  };

  it('that loosens a profile fails, with the calls and their line', async () => {
    const result = await run({ 'seccomp/web.json': allowing('acct', 'swapon') });
    expect(result.code).toBe(1);
    expect(rulesOf(result)).toContain('seccomp/loosening');
    const line =
      allowing('acct')
        .split('\n')
        .findIndex((text) => text.includes('acct')) + 1;
    expect(found(result, 'seccomp/loosening')).toMatchObject([
      { subject: 'acct', place: { file: 'seccomp/web.json', line }, outcome: 'fail' },
      { subject: 'swapon', place: { file: 'seccomp/web.json', line } },
    ]);
    expect(found(result, 'seccomp/loosening')[0]?.message).toBe(
      '`service/web` can call `acct` on x86_64, aarch64 now, which seccomp/web.json stopped.',
    );
    expect(result.report?.sections.map(({ title }) => title)).toContain('What this change does to system calls');
    expect(result.summary).toContain('acct');
  });

  it('that only orders the profile anew passes', async () => {
    const written = JSON.parse(profile) as { syscalls: { names: string[] }[] };
    const reordered = { ...written, syscalls: written.syscalls.toReversed() };
    reordered.syscalls.forEach(({ names }) => names.reverse());
    const result = await run({ 'seccomp/web.json': JSON.stringify(reordered) });
    expect({ code: result.code, verdict: result.outputs.verdict, rules: rulesOf(result) }).toEqual({
      ...{ code: 0, verdict: 'pass', rules: [] },
    });
    expect(result.outputs).toMatchObject({ services: '1', profiles: '1', started: '0', patches: '' });
  });

  it('that takes the profile away from its service fails', async () => {
    const result = await run({ 'compose.yaml': compose.replace('seccomp/web.json', 'unconfined') });
    expect(found(result, 'seccomp/loosening')).toMatchObject([{ place: { resource: 'service/web' } }]);
  });

  it('that is new to seccomp has nothing to be compared with', async () => {
    const made = await pullRequest({ 'compose.yaml': compose }, { 'compose.yaml': 'services: {}\n' });
    expect(rulesOf(await gate(made.repository, { inputs: { base: made.base } }))).toEqual([]);
  });

  it('is compared as far as its `paths` go, also where the base has none of them', async () => {
    const made = await pullRequest({ 'new/web.json': profile, 'seccomp/web.json': allowing('acct') });
    const result = await gate(made.repository, { inputs: { base: made.base, paths: 'new' } });
    expect({ code: result.code, rules: rulesOf(result) }).toEqual({ code: 0, rules: [] });
  });

  it('in a shallow checkout fetches its base, and leaves the checkout as it was', async () => {
    const made = await pullRequest({ 'seccomp/web.json': allowing('acct') });
    git(made.repository, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const shallow = join(folder, 'shallow');
    git(folder, 'clone', '--quiet', '--depth=1', `file://${made.repository}`, shallow);
    const result = await gate(shallow, { inputs: { base: made.base } });
    expect(found(result, 'seccomp/loosening').map(({ subject }) => subject)).toEqual(['acct']);
    expect(git(shallow, 'status', '--short')).toBe('');
  });

  it.each<[string, () => Promise<Setup>, RegExp]>([
    [
      'that nobody has',
      () => Promise.resolve({ inputs: { base: 'c0ffee'.padEnd(40, '0') } }),
      /^Commit c0ffee0{34} cannot be read: .*origin/s,
    ],
    [
      'on a machine without Git',
      async () => {
        const empty = join(folder, 'no-programs');
        await mkdir(empty);
        return { environment: { PATH: empty } };
      },
      /cannot be read: Git cannot be started/,
    ],
  ])('with a base %s is inconclusive', async (_, setup, message) => {
    const made = await pullRequest({ 'seccomp/web.json': allowing('acct') });
    const { inputs, environment = {} } = await setup();
    const result = await gate(made.repository, { inputs: { base: made.base, ...inputs }, environment });
    expect(result.outputs.verdict).toBe('inconclusive');
    expect(result.code).not.toBe(0);
    expect(found(result, 'seccomp/base-unreadable')[0]?.message).toMatch(message);
  });

  it.each<[string, string, number, string[]]>([
    ['passes while a waiver counts', '2099-12-31', 0, ['waiver/used']],
    ['fails when the waiver has expired', '2020-01-01', 1, ['seccomp/loosening', 'waiver/expired']],
  ])('%s', async (_, expires, code, rules) => {
    const waiver = {
      ...{ rule: 'seccomp/loosening', where: 'seccomp/web.json', subject: 'acct', owner: 'platform team' },
      ...{ reason: 'Accounting is part of this service.', expires },
    };
    const result = await run({
      'seccomp/web.json': allowing('acct'),
      'slipway.yaml': seccompPolicy({ waivers: [waiver] }),
    });
    expect(result.code).toBe(code);
    const all = new Set((result.report?.findings ?? []).map(({ rule }) => rule));
    expect([...all]).toEqual(expect.arrayContaining(rules));
    if (code === 0) expect(result.outputs.verdict).toBe('pass');
  });

  it('of a chart is compared as Helm renders both sides', async () => {
    const localhost = 'seccompProfile: { type: Localhost, localhostProfile: web.json }';
    const template = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: app
      image: {{ .Values.image }}
      securityContext: { {{ .Values.context }} }
`;
    const base = {
      'compose.yaml': 'services: {}\n',
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'chart/values.yaml': `image: web\ncontext: '${localhost}'\n`,
      'chart/templates/pod.yaml': template,
    };
    const made = await pullRequest({ 'chart/values.yaml': "image: web\ncontext: 'privileged: true'\n" }, base);
    const result = await gate(made.repository, {
      inputs: { base: made.base, 'helm-path': await program('helm') },
    });
    expect(found(result, 'seccomp/loosening')).toMatchObject([{ place: { resource: 'pod/web container/app' } }]);
    expect(result.report?.programs).toMatchObject([{ name: 'helm' }]);
  }, 900_000);
});

describe('services that are started', () => {
  const start = { service: 'web', command: ['mkdir', '/tmp/made'], ready: { exit: 0 } };
  let workspace: string;
  beforeAll(async () => {
    await Promise.all(['runc', 'crun'].map(program));
  }, 900_000);
  const prepare = async (files: Content): Promise<void> => {
    workspace = await mkdtemp(join(folder, 'workspace-'));
    await writeFiles(workspace, {
      ...{ 'compose.yaml': compose, 'seccomp/web.json': profile, 'slipway.yaml': seccompPolicy({ starts: [start] }) },
      ...files,
    });
  };

  it('pass when they must start and do, under runc and under crun', async () => {
    await prepare({});
    const result = await gate(workspace, { inputs: { enforce: 'require' } });
    expect({ code: result.code, rules: rulesOf(result) }).toEqual({ code: 0, rules: [] });
    expect(result.outputs.started).toBe('1');
    const table = result.report?.sections.find(({ title }) => title === 'Started under their profiles');
    expect(table?.rows.map((row) => [row[0], row[1], String(row[2]).split(' ')[0], row[4]])).toEqual([
      ['service/web', 'seccomp/web.json', 'runc', 'started'],
      ['service/web', 'seccomp/web.json', 'crun', 'started'],
    ]);
    expect(result.report?.measurements.map(({ unit }) => unit)).toEqual(['ms', 'ms']);
  });

  it('are inconclusive when they must start and nobody says how', async () => {
    await prepare({ 'slipway.yaml': seccompPolicy() });
    const result = await gate(workspace, { inputs: { enforce: 'require' } });
    expect(result.outputs.verdict).toBe('inconclusive');
    expect(rulesOf(result)).toEqual(['seccomp/enforcement-missing']);
  });

  it('fail when they do not start, name what is missing, and start with the patch', async () => {
    await prepare({ 'seccomp/web.json': without(profile, 'mkdir') });
    await commit(workspace, {});
    const temp = await mkdtemp(join(folder, 'temp-'));
    const failed = await gate(workspace, { inputs: { enforce: 'require' }, environment: { RUNNER_TEMP: temp } });
    expect(failed.code).toBe(1);
    expect(rulesOf(failed)).toContain('seccomp/does-not-start');
    const [finding] = found(failed, 'seccomp/does-not-start');
    expect(finding).toMatchObject({
      message: expect.stringContaining('Fatal without: mkdir.'),
      place: { file: 'seccomp/web.json', resource: 'service/web' },
      fix: expect.stringContaining('Allow mkdir in seccomp/web.json.'),
    });

    const patches = failed.outputs.patches ?? '';
    expect(await readdir(patches)).toEqual(['1.patch']);
    git(workspace, 'apply', join(patches, '1.patch'));
    expect(git(workspace, 'diff', '--name-only')).toBe('seccomp/web.json');
    const repaired = await gate(workspace, { inputs: { enforce: 'require' } });
    expect({ code: repaired.code, rules: rulesOf(repaired), patches: repaired.outputs.patches }).toEqual({
      ...{ code: 0, rules: [], patches: '' },
    });
  });

  it('that the policy names and nobody defines are inconclusive', async () => {
    await prepare({ 'slipway.yaml': seccompPolicy({ starts: [{ ...start, service: 'shop' }] }) });
    const result = await gate(workspace, { inputs: { enforce: 'auto' } });
    expect(result.outputs.verdict).toBe('inconclusive');
    expect(found(result, 'seccomp/cannot-be-tried')[0]?.place).toEqual({ file: 'slipway.yaml' });
  });
});

describe('the evidence', () => {
  const policy = seccompPolicy({ services: [{ require: { profile: 'any' } }] });
  const broken = { 'compose.yaml': compose.replace('seccomp/web.json', 'unconfined') };
  const run = async (files: Content, inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> => {
    const workspace = await mkdtemp(join(folder, 'workspace-'));
    await writeFiles(workspace, {
      ...{ 'compose.yaml': compose, 'seccomp/web.json': profile, 'slipway.yaml': policy },
      ...files,
    });
    return gate(workspace, { inputs });
  };
  const policyUsed = [{ uri: 'slipway.yaml', digest: { sha256: createHash('sha256').update(policy).digest('hex') } }];
  const digest = 'ab'.repeat(32);
  const image = `registry.example/shop@sha256:${digest}`;

  it('says PASSED of the image, and with which policy', async () => {
    const { statements } = await run({}, { image });
    expect(statements).toMatchObject([
      {
        subject: [{ name: 'registry.example/shop', digest: { sha256: digest } }],
        predicate: { verifier: { policies: policyUsed }, properties: ['SLIPWAY_SECCOMP_VALIDATE'] },
      },
      { predicate: { result: 'PASSED', configuration: policyUsed } },
    ]);
  });

  it('says FAILED, and asserts nothing, of what fails', async () => {
    const result = await run(broken);
    expect(result.code).toBe(1);
    expect(result.statements).toMatchObject([
      { predicate: { properties: [], slipway_details: { verdict: 'fail' } } },
      {
        subject: [{ digest: { gitCommit: 'c0ffee'.padEnd(40, '0') } }],
        predicate: {
          result: 'FAILED',
          configuration: policyUsed,
          failedTests: expect.arrayContaining(rulesOf(result)),
        },
      },
    ]);
  });

  it('keeps the verdict and asserts nothing when the gate only observes, and the job goes on', async () => {
    const failed = await run(broken, { mode: 'observe', image });
    expect({ code: failed.code, verdict: failed.outputs.verdict }).toEqual({ code: 0, verdict: 'fail' });
    expect(failed.statements[1]).toMatchObject({ predicate: { result: 'FAILED' } });
    const passed = await run({}, { mode: 'observe', image });
    expect(passed.statements[0]).toMatchObject({ predicate: { properties: [], slipway_details: { mode: 'observe' } } });
  });
});
