/** Files that try to break seccomp-validate, through the bundle: each is a finding or an error that names it, and none hangs. */
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { program } from '../support/programs.ts';
import { startAction, type ActionRun } from '../support/run-action.ts';
import { commit, seccompPolicy, writeFiles, type Content } from '../support/seccomp-gate.ts';

/** What takes longer hangs. */
const limit = 60_000;
jest.setTimeout(2 * limit);

let folder: string;
let workspace: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-hostile-'));
  await writeFiles(folder, { 'outside/secret.json': '{"stolen": "s3cr3t"}', 'outside/compose.yaml': 's3cr3t: {}\n' });
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  workspace = await mkdtemp(join(folder, 'workspace-'));
});
afterEach(() => rm(workspace, { recursive: true }));

const good = await readFile('policies/seccomp/node.json', 'utf8');
const compose = (profile: string): string =>
  `services:\n  web: { image: web, security_opt: [${JSON.stringify(`seccomp=${profile}`)}] }\n`;
/** A service and a profile that are as they should be, beside which the hostile file lies. */
const beside: Content = { 'deploy/compose.yaml': compose('good.json'), 'deploy/good.json': good };

async function gate(files: Content, inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  await writeFiles(workspace, { 'slipway.yaml': seccompPolicy(), ...files });
  const started = await startAction('seccomp-validate', {
    workspace,
    inputs: { policy: 'slipway.yaml', enforce: 'off', ...inputs },
  });
  const timer = setTimeout(() => started.process.kill('SIGKILL'), limit);
  const run = await started.ended;
  clearTimeout(timer);
  // A crash of ours says that it is one.
  expect({ code: run.code, log: /no verdict: the gate did not finish/.exec(run.log)?.[0] }).toEqual({
    code: expect.any(Number),
    log: undefined,
  });
  return run;
}

/** `rule file: message` of what is more than a note; the message's first words only. */
function told({ report, log }: ActionRun): string[] {
  if (report === undefined) return [log];
  return report.findings
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive')
    .map(({ rule, place, message }) => `${rule} ${place?.file ?? place?.resource ?? '-'}: ${message.slice(0, 160)}`);
}

describe('a file that is too large', () => {
  const large = Buffer.alloc(100_000_000, ' ');
  it.each<[string, Content, RegExp]>([
    ['profile of 100 MB', { 'seccomp/large.json': large }, /^seccomp\/unreadable seccomp\/large\.json: .*larger than/],
    ['Compose file of 100 MB', { 'compose.yaml': large }, /^\S+ compose\.yaml: .*larger than/],
  ])('%s', async (_, files, expected) => {
    const run = await gate({ ...beside, ...files });
    expect(told(run)).toEqual([expect.stringMatching(expected)]);
    expect(run.outputs.services).toBe('1');
  });
});

describe('a file that is too deep, too wide or no text', () => {
  const nested = '['.repeat(10_000);
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from('bcdefghi', (key, at) => `${key}: &${key} [${Array(10).fill(`*${'abcdefgh'[at]}`).join(', ')}]`),
    'services: { web: { image: web, labels: *i } }',
  ].join('\n');
  const binary = Uint8Array.from({ length: 5000 }, (_, at) => (at * 167) % 256);
  it.each<[string, Content, RegExp]>([
    ['10,000 arrays in a profile', { 'seccomp/x.json': nested + ']'.repeat(10_000) }, /seccomp\/x\.json/],
    ['10,000 open arrays in a profile', { 'seccomp/x.json': nested }, /seccomp\/x\.json/],
    [
      '10,000 arrays in its syscalls',
      { 'seccomp/x.json': `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":${nested}${']'.repeat(10_000)}}` },
      /seccomp\/x\.json/,
    ],
    [
      '10,000 arrays in a Compose file',
      { 'compose.yaml': `services: ${nested}${']'.repeat(10_000)}\n` },
      /compose\.yaml/,
    ],
    [
      '10,000 arrays in a custom resource',
      { 'x.yaml': `kind: SeccompProfile\nspec: ${nested}${']'.repeat(10_000)}\n` },
      /x\.yaml/,
    ],
    ['aliases of aliases in a Compose file', { 'compose.yaml': bomb }, /compose\.yaml/],
    ['tabs in a Compose file', { 'compose.yaml': 'services:\n\tweb:\n\t\timage: web\n' }, /compose\.yaml/],
    ['a binary profile', { 'seccomp/x.json': binary }, /seccomp\/x\.json/],
    ['a binary Compose file', { 'compose.yaml': binary }, /compose\.yaml/],
  ])('%s', async (_, files, expected) => {
    const run = await gate({ ...beside, ...files });
    expect(told(run).length).toBeGreaterThan(0);
    expect(told(run).every((line) => expected.test(line))).toBe(true);
    expect(run.code).not.toBe(0);
  });
});

describe('a link out of the workspace', () => {
  it.each<[string, string, string, Content, RegExp]>([
    [
      'profile',
      'p.json',
      'outside/secret.json',
      { 'compose.yaml': compose('p.json') },
      /^seccomp\/profile-missing compose\.yaml: .*outside/,
    ],
    ['profile that nobody names', 'seccomp/p.json', 'outside/secret.json', { 'seccomp/other.json': good }, /^$/],
    ['Compose file', 'compose.yaml', 'outside/compose.yaml', {}, /^$/],
    ['folder', 'deploy', 'outside', {}, /^$/],
    [
      'file that a Compose file includes',
      'more.yaml',
      'outside/compose.yaml',
      { 'compose.yaml': `include: [more.yaml]\n${compose('unconfined')}` },
      /outside/,
    ],
    [
      'file that a service extends',
      'more.yaml',
      'outside/compose.yaml',
      { 'compose.yaml': 'services:\n  web: { extends: { file: more.yaml, service: web } }\n' },
      /outside/,
    ],
  ])('%s is not read', async (_, link, target, files, expected) => {
    await mkdir(join(workspace, 'seccomp'));
    await symlink(join(folder, target), join(workspace, link));
    const run = await gate({ ...(link === 'deploy' ? {} : beside), ...files });
    expect(JSON.stringify(run)).not.toContain('s3cr3t');
    const lines = told(run).filter((line) => !line.startsWith('gate/'));
    if (expected.source === '^$') expect(lines).toEqual([]);
    else expect(lines).toContainEqual(expect.stringMatching(expected));
  });

  it('of a chart is not rendered: Helm would follow it', async () => {
    await writeFiles(folder, {
      'outside/pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: s3cr3t }\nspec: { containers: [{ name: s3cr3t, image: x }] }\n',
    });
    await writeFiles(workspace, {
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'chart/templates/a.yaml': '',
    });
    await symlink(join(folder, 'outside/pod.yaml'), join(workspace, 'chart/templates/pod.yaml'));
    const run = await gate(beside, { 'helm-path': await program('helm') });
    expect(JSON.stringify(run.report?.sections)).not.toContain('s3cr3t');
    expect(told(run)).toEqual([
      expect.stringMatching(/^services\/not-rendered chart\/Chart\.yaml: `chart\/templates\/pod\.yaml` is a link out/),
    ]);
  }, 900_000);

  it('given as a path is refused or read as nothing', async () => {
    await symlink(join(folder, 'outside'), join(workspace, 'away'));
    const run = await gate(beside, { paths: 'away' });
    expect(JSON.stringify(run)).not.toContain('s3cr3t');
    expect(run.code).not.toBe(0);
  });

  it('in the base of a pull request leads nowhere', async () => {
    await writeFiles(workspace, { 'seccomp/web.json': good, ...beside });
    await rm(join(workspace, 'seccomp'), { recursive: true });
    await symlink(join(folder, 'outside'), join(workspace, 'seccomp'));
    await symlink(join(folder, 'outside/secret.json'), join(workspace, 'deploy/link.json'));
    const base = await commit(workspace, {});
    await rm(join(workspace, 'seccomp'));
    await rm(join(workspace, 'deploy/link.json'));
    await commit(workspace, { 'seccomp/secret.json': good, 'deploy/link.json': good });
    const run = await gate({}, { base });
    expect(JSON.stringify(run)).not.toContain('s3cr3t');
    expect(told(run)).toEqual([]);
  });
});

describe('names with escape codes and workflow commands', () => {
  const evil = 'x\n::error::forged\r\n::set-output name=verdict::pass\u001b[31mred\u202egnp.exe';
  const quoted = JSON.stringify(evil);
  it.each<[string, Content]>([
    [
      'of a service',
      { 'compose.yaml': `services:\n  ${quoted}: { image: web, security_opt: ["seccomp=unconfined"] }\n` },
    ],
    [
      'of an image and of labels',
      {
        'compose.yaml': `services:\n  web: { image: ${quoted}, privileged: true, labels: { ${quoted}: ${quoted} } }\n`,
      },
    ],
    ['of a profile', { 'compose.yaml': compose(evil) }],
    [
      'of a call',
      {
        'seccomp/x.json': `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":[${quoted}],"action":"SCMP_ACT_ALLOW"}]}`,
      },
    ],
    ['of an action', { 'seccomp/x.json': `{"defaultAction":${quoted},"syscalls":[]}` }],
    ['of a key', { 'seccomp/x.json': `{${quoted}:1,"defaultAction":"SCMP_ACT_ERRNO","syscalls":[]}` }],
    ['of a file', { [`seccomp/x\n::error::forged\u001b[31m\u202e.json`]: '{' }],
    [
      'of a container',
      {
        'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: ${quoted} }\nspec: { containers: [{ name: ${quoted}, image: x }] }\n`,
      },
    ],
  ])('%s are shown as text', async (_, files) => {
    const policy = seccompPolicy({ services: [{ require: { profile: 'any', privileged: 'forbidden' } }] });
    const run = await gate({ ...files, 'slipway.yaml': policy });
    expect(told(run).length).toBeGreaterThan(0);
    const shown = run.log + run.summary;
    // eslint-disable-next-line no-control-regex -- these are what must not be shown
    expect(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/.exec(shown.replaceAll('\r', ''))?.[0]).toBeUndefined();
    expect(shown.split(/[\r\n]/).filter((line) => /^\s*::(?:error::forged|set-output)/.test(line))).toEqual([]);
    expect(run.outputs.verdict).not.toBe('pass');
  });
});

describe('what is much, and allowed', () => {
  it('a policy of 1 MB', async () => {
    const waiver = {
      rule: 'seccomp/dangerous-call',
      where: '*'.repeat(50),
      subject: 'x',
      owner: 'team',
      reason: 'It is needed.',
      expires: '2099-12-31',
    };
    const waivers = Array.from({ length: 5000 }, (_, at) => ({ ...waiver, subject: `call-${at}` }));
    const policy = seccompPolicy({ waivers });
    expect(policy.length).toBeGreaterThan(800_000);
    const run = await gate({ ...beside, 'slipway.yaml': policy.padEnd(2 ** 20, ' ') });
    expect(told(run)).toEqual([]);
  });

  it('a policy that is larger is refused', async () => {
    const run = await gate({ ...beside, 'slipway.yaml': seccompPolicy().padEnd(2 ** 20 + 1, ' ') });
    expect(run.report).toBeUndefined();
    expect(run.log).toMatch(/policy.*slipway\.yaml.*1048576 bytes/s);
  });

  const condition = (value: number): object => ({ index: 0, value, op: 'SCMP_CMP_EQ' });
  const withConditions = (count: number, name = 'socket'): string =>
    JSON.stringify({
      ...(JSON.parse(good) as object),
      syscalls: [
        ...(JSON.parse(good) as { syscalls: object[] }).syscalls,
        ...Array.from({ length: count }, (_, at) => ({
          names: [name],
          action: 'SCMP_ACT_ALLOW',
          args: [condition(at + 100)],
        })),
      ],
    });

  it('200 conditions on a call are too many to judge, also in a pull request', async () => {
    const base = await commit(workspace, { 'slipway.yaml': seccompPolicy(), 'seccomp/x.json': withConditions(199) });
    const run = await gate({ 'seccomp/x.json': withConditions(200) }, { base });
    expect(told(run)).toContainEqual(expect.stringMatching(/^seccomp\/too-many-conditions seccomp\/x\.json/));
  });

  it('5,000 conditions in a pull request', async () => {
    const base = await commit(workspace, { 'slipway.yaml': seccompPolicy(), 'seccomp/x.json': withConditions(4999) });
    const run = await gate({ 'seccomp/x.json': withConditions(5000) }, { base });
    expect(told(run)).toContainEqual(expect.stringMatching(/^seccomp\/too-many-conditions seccomp\/x\.json/));
  });

  it('20,000 rules, also in a pull request', async () => {
    const many = (count: number): string =>
      `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[${Array(count).fill('{"names":["read"],"action":"SCMP_ACT_ALLOW"}').join(',')}]}`;
    expect(many(20_000).length).toBeLessThan(2 ** 20);
    const base = await commit(workspace, { 'slipway.yaml': seccompPolicy(), 'seccomp/x.json': many(19_999) });
    const run = await gate({ 'seccomp/x.json': many(20_000) }, { base });
    expect(run.outputs.profiles).toBe('1');
    expect(run.report?.findings.length).toBeLessThan(1000);
  });

  it('services that extend each other in a circle', async () => {
    const circle =
      'services:\n  a: { image: a, extends: b }\n  b: { image: b, extends: a }\n  c: { image: c, extends: c }\n';
    const run = await gate({ ...beside, 'compose.yaml': circle });
    expect(told(run)).toContainEqual(expect.stringMatching(/ compose\.yaml: /));
    expect(told(run).every((line) => line.includes('compose.yaml'))).toBe(true);
  });

  it('a chart that renders 16 MB and more', async () => {
    const template = '{{- range until 20000 }}\n---\n# {{ repeat 1000 "x" }}\n{{- end }}\n';
    const run = await gate(
      {
        ...beside,
        'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
        'chart/templates/x.yaml': template,
      },
      { 'helm-path': await program('helm') },
    );
    expect(told(run)).toEqual([expect.stringMatching(/chart.*(?:large|bytes|MB)/)]);
  }, 900_000);
});
