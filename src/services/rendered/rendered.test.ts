import { describe, expect, it } from '@jest/globals';
import { servicesIn, told } from '../../../test/support/found-services.ts';
import { ProgramError, type Exec, type ExecResult, type FindProgram } from '../../effects/effects.ts';
import { sourceLocator } from './locate.ts';

const ended = (result: Partial<ExecResult>): ExecResult => ({
  ...{ code: 0, signal: null, stdout: '', stderr: '', timedOut: false, truncated: false },
  ...result,
});
const program: FindProgram = (name) =>
  Promise.resolve({ name, version: '1', path: `/bin/${name}`, sha256: '', origin: 'release' });

/** A program that answers this, and what it was called with. */
function answering(result: Partial<ExecResult>): { exec: Exec; program: FindProgram; calls: string[] } {
  const calls: string[] = [];
  const exec: Exec = (path, args, options) => {
    calls.push(`${options?.cwd ?? ''}$ ${[path, ...args].join(' ')}`);
    return Promise.resolve(ended(result));
  };
  return { exec, program, calls };
}

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    spec:
      containers:
        - name: app
          image: x
          securityContext:
            privileged: true
            readOnlyRootFilesystem: true
`;

describe('a chart', () => {
  const chart = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'chart/values.yaml': 'security:\n  privileged: true\n',
    'chart/templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  template:
    spec:
      containers:
        {{- range .Values.names }}
        - name: {{ . }}
          securityContext:
            {{- toYaml $.Values.security | nindent 12 }}
            {{- include "root" . }}
        {{- end }}
`,
    'chart/templates/_helpers.tpl': '{{ define "root" }}\n  readOnlyRootFilesystem: true\n{{ end }}\n',
  };
  const stdout = `---\n# Source: shop/templates/web.yaml\n${deployment('release')}`;

  it('is rendered, and what is found stands in its template, a helper or its values', async () => {
    const tools = answering({ stdout });
    const { services, findings } = await servicesIn(chart, tools);
    expect(tools.calls).toEqual(['/work$ /bin/helm template --skip-tests -- release ./chart']);
    expect(findings).toEqual([]);
    expect(services).toMatchObject([
      {
        resource: 'deployment/release container/app',
        place: { file: 'chart/templates/web.yaml', line: 10 },
        privileged: { value: true, place: { file: 'chart/values.yaml', line: 2, column: 15 } },
        readOnlyRoot: { value: true, place: { file: 'chart/templates/_helpers.tpl', line: 2, column: 27 } },
      },
    ]);
  });

  it('is rendered once for each of its values in ci/, or those of the caller; equal containers count once', async () => {
    const tools = answering({ stdout });
    const values = { 'chart/ci/a-values.yaml': '', 'chart/ci/b-values.yaml': '', 'chart/ci/other.yaml': '' };
    const { services } = await servicesIn({ ...chart, ...values }, tools);
    expect(tools.calls.map((call) => /--values (\S+)/.exec(call)?.[1])).toEqual([
      'chart/ci/a-values.yaml',
      'chart/ci/b-values.yaml',
    ]);
    expect(services).toHaveLength(1);

    const given = answering({ stdout });
    const chartValues = new Map([['/work/chart', [['/work/x.yaml', '/work/y.yaml']]]]);
    await servicesIn({ ...chart, ...values }, { ...given, chartValues });
    expect(given.calls).toEqual([
      '/work$ /bin/helm template --skip-tests --values x.yaml --values y.yaml -- release ./chart',
    ]);
  });

  it('of a subchart that is no folder stands in Chart.yaml', async () => {
    const packed = `# Source: shop/charts/db/templates/db.yaml\n${deployment('db')}`;
    const { services } = await servicesIn(chart, answering({ stdout: packed }));
    expect(services[0]?.place).toMatchObject({ file: 'chart/Chart.yaml' });
  });

  it('inside a chart belongs to it, and a library renders nothing', async () => {
    const tools = answering({ stdout: '' });
    await servicesIn(
      { ...chart, 'chart/charts/db/Chart.yaml': 'name: db\n', 'lib/Chart.yaml': 'name: l\ntype: library\n' },
      tools,
    );
    expect(tools.calls).toHaveLength(1);
  });

  it('that cannot be read is said', async () => {
    const { findings } = await servicesIn({ 'c/Chart.yaml': 'a: [' }, answering({}));
    expect(told(findings)).toEqual([expect.stringContaining('services/unreadable c/Chart.yaml:1')]);
  });

  it.each<[string, Partial<ExecResult>, string]>([
    ['fails', { code: 1, stderr: 'Error: values are wrong\n' }, 'failed: Error: values are wrong'],
    ['fails in silence', { code: 1 }, 'it ended with exit code 1 and said nothing'],
    ['is killed', { code: null, signal: 'SIGKILL' }, 'it ended with SIGKILL'],
    ['hangs', { code: null, timedOut: true }, 'it did not end within 60 s'],
    ['prints without end', { truncated: true }, 'it printed more than'],
    ['says too much', { code: 1, stderr: 'x'.repeat(1_000_000) }, 'xxx…'],
    ['prints no YAML', { stdout: 'a: [' }, 'What helm rendered cannot be read'],
  ])('helm %s', async (_, result, message) => {
    const { services, findings } = await servicesIn(chart, answering(result));
    expect(services).toEqual([]);
    expect(told(findings)).toEqual([expect.stringContaining('services/not-rendered chart/Chart.yaml: ')]);
    expect(findings[0]?.message).toContain(message);
    expect(findings[0]?.message.length).toBeLessThan(1200);
    expect(findings[0]?.rule.outcome).toBe('inconclusive');
  });

  it('needs helm', async () => {
    const missing = (): Promise<never> => Promise.reject(new ProgramError('There is no helm.', 'Install it.'));
    const { findings } = await servicesIn(chart, { program: missing });
    expect(findings).toMatchObject([
      { rule: { id: 'services/not-rendered' }, message: 'Not rendered: There is no helm.', fix: 'Install it.' },
    ]);
    const broken = (): Promise<never> => Promise.reject(new TypeError('a bug'));
    await expect(servicesIn(chart, { program: broken })).rejects.toThrow('a bug');
  });
});

describe('a kustomization', () => {
  const content = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': deployment('web').replace('            privileged: true\n', ''),
    'prod/kustomization.yml': 'resources: [../base]\nnamePrefix: prod-\npatches: [{ path: patch.yaml }]\n',
    'prod/patch.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          securityContext:\n            privileged: true\n`,
  };

  it('is rendered when no other one takes it in; its files are no manifests of their own', async () => {
    const tools = answering({ stdout: deployment('prod-web') });
    const { services, findings } = await servicesIn(content, tools);
    expect(tools.calls).toEqual(['/work$ /bin/kubectl kustomize -- ./prod']);
    expect(findings).toEqual([]);
    expect(services).toMatchObject([
      {
        resource: 'deployment/prod-web container/app',
        privileged: { value: true, place: { file: 'prod/patch.yaml', line: 11, column: 25 } },
        readOnlyRoot: { value: true, place: { file: 'base/web.yaml', line: 12, column: 37 } },
      },
    ]);
  });

  it('takes in nothing from elsewhere', async () => {
    const tools = answering({});
    const remote = {
      'k/kustomization.yaml': 'resources: ["https://example.com/x?ref=1", ../../out.yaml]\n',
      '/out.yaml': 'a: 1',
    };
    const { findings } = await servicesIn(remote, tools);
    expect(tools.calls).toEqual([]);
    expect(told(findings)).toEqual([
      'services/not-rendered k/kustomization.yaml: It takes in `https://example.com/x?ref=1`, `../../out.yaml`, which is not in the workspace.',
    ]);
  });

  it('of kind Component is rendered only where it is taken in', async () => {
    const tools = answering({});
    await servicesIn(
      { 'c/kustomization.yaml': 'kind: Component\nresources: []\n', 'k/Kustomization': 'components: [../c]\n' },
      tools,
    );
    expect(tools.calls).toEqual(['/work$ /bin/kubectl kustomize -- ./k']);
  });

  it('that takes in itself or cannot be read is said', async () => {
    const tools = answering({ code: 1, stderr: 'cycle' });
    const circle = { 'k/kustomization.yaml': 'resources: [../l]\n', 'l/kustomization.yaml': 'resources: [../k]\n' };
    expect(told((await servicesIn(circle, tools)).findings)).toEqual([
      'services/unreadable k/kustomization.yaml: Kustomizations take in each other in a circle.',
      'services/unreadable l/kustomization.yaml: Kustomizations take in each other in a circle.',
    ]);
    const broken = await servicesIn(
      { 'k/kustomization.yaml': 'a: [', 'l/kustomization.yaml': 'resources: [a.yaml]', 'l/a.yaml': 'a: [' },
      answering({ stdout: 'a: [' }),
    );
    expect(told(broken.findings)).toEqual([
      expect.stringContaining('services/unreadable k/kustomization.yaml:1'),
      expect.stringContaining('What kubectl rendered cannot be read'),
    ]);
    const inside = await servicesIn(
      { 'l/kustomization.yaml': 'resources: [a.yaml]', 'l/a.yaml': 'a: [' },
      answering({ stdout: deployment('x') }),
    );
    expect(told(inside.findings)).toEqual([expect.stringContaining('services/unreadable l/a.yaml:1')]);
  });
});

describe('where a rendered line comes from', () => {
  const locate = (source: string, rendered: string, line: number): unknown =>
    sourceLocator(rendered, () => [{ file: 'f', text: source }])({ kind: 'scalar', value: '', line, column: 3 });
  it.each([
    ['the same line', 'a: 1\n    b: 2\n', 'a: 1\n  b: 2\n', 2, { file: 'f', line: 2, column: 5 }],
    ['a line around an action', 'a: {{ .x }}-y\nb: {{ .x }}\n', 'a: 1-y\n', 1, { file: 'f', line: 1 }],
    ['twice', 'a: 1\na: 1\n', 'a: 1\n', 1, { file: 'f' }],
    ['an action alone', '{{ .x }}\n', 'a: 1\n', 1, { file: 'f' }],
    ['nowhere', 'b: 1\n', 'a: 1\n', 1, { file: 'f' }],
  ])('%s', (_, source, rendered, line, place) => expect(locate(source, rendered, line)).toEqual(place));

  it('is found without delay among lines without end', () => {
    const long = `a: ${'{{'.repeat(1_000_000)}\n${'x'.repeat(1_000_000)}\nb: {{ .x }}\n`;
    expect(locate(long, 'b: 1\n', 1)).toEqual({ file: 'f', line: 3 });
  });

  it('is nowhere without files', () => {
    expect(sourceLocator('a', () => [])({ kind: 'scalar', value: '', line: 1, column: 1 })).toEqual({});
  });
});
