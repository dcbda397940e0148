import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeExec } from '../../src/action/exec.ts';
import { programEnvironment } from '../../src/action/environment.ts';
import { realFiles } from '../../src/action/files.ts';
import type { FindProgram } from '../../src/effects/effects.ts';
import { readServices, type FoundServices, type ServicesOptions } from '../../src/services/read.ts';
import { told } from '../support/found-services.ts';
import { program } from '../support/programs.ts';

jest.setTimeout(120_000);

const find: FindProgram = async (name) => ({
  name,
  version: '',
  path: await program(name),
  sha256: '',
  origin: 'source',
});
const tools = { exec: makeExec(programEnvironment(process.env)), program: find };

const folders: string[] = [];
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-services-'));
  folders.push(root);
});
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function write(content: Record<string, string | Uint8Array>): void {
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const read = (options: Partial<ServicesOptions> = {}, workspace = root): Promise<FoundServices> =>
  readServices(realFiles, workspace, [workspace], { ...tools, ...options });

/** A chart as people write them: helpers, a range, values, a hook that tests, a subchart. */
const chart = {
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml':
    'image: example/shop:1\nworkers: [mail, pay]\npodSecurity:\n  seccompProfile:\n    type: RuntimeDefault\n',
  'charts/shop/templates/_names.tpl': '{{- define "shop.name" -}}{{ .Release.Name }}-shop{{- end }}\n',
  'charts/shop/templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . }}
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      {{- with .Values.podSecurity }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: web
          image: {{ required "an image is needed" .Values.image | quote }}
          securityContext:
            privileged: true
`,
  'charts/shop/templates/workers.yaml': `{{- range .Values.workers }}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: worker-{{ . }} }
spec:
  selector: { matchLabels: { app: {{ . }} } }
  template:
    metadata: { labels: { app: {{ . }} } }
    spec:
      containers:
        - name: {{ . }}-worker
          image: x
{{- end }}
`,
  'charts/shop/templates/test.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: t, annotations: { helm.sh/hook: test } }\nspec: { containers: [{ name: t, image: x }] }\n',
  'charts/shop/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
  'charts/shop/charts/db/templates/db.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n    - name: db\n      image: y\n',
};

describe('real helm', () => {
  it('renders a chart, and each container stands in its template', async () => {
    write(chart);
    const { services, findings } = await read();
    expect(findings).toEqual([]);
    expect(services.map(({ resource, place }) => [resource, place.file, place.line]).sort()).toEqual([
      ['deployment/release-shop container/web', 'charts/shop/templates/web.yaml', 15],
      ['deployment/worker-mail container/mail-worker', 'charts/shop/templates/workers.yaml', 12],
      ['deployment/worker-pay container/pay-worker', 'charts/shop/templates/workers.yaml', 12],
      ['pod/db container/db', 'charts/shop/charts/db/templates/db.yaml', 7],
    ]);
    expect(services.find(({ name }) => name === 'web')).toMatchObject({
      image: 'example/shop:1',
      privileged: { value: true, place: { file: 'charts/shop/templates/web.yaml', line: 18, column: 25 } },
      seccomp: { kind: 'runtime-default', place: { file: 'charts/shop/values.yaml', line: 5, column: 11 } },
    });
  });

  it('says why a chart cannot be rendered, with helm’s own words', async () => {
    write({ ...chart, 'charts/shop/ci/empty-values.yaml': 'image:\n' });
    const { services, findings } = await read();
    expect(services).toEqual([]);
    expect(told(findings)).toEqual([
      expect.stringMatching(
        /^services\/not-rendered charts\/shop\/Chart.yaml: `helm template --skip-tests --values charts\/shop\/ci\/empty-values.yaml -- release .\/charts\/shop` failed: .*an image is needed/s,
      ),
    ]);
    expect(findings[0]?.message).not.toContain(root);
  });

  it('renders the chart of the example with values that it needs', async () => {
    const example = resolve('examples/gameforge');
    write({ 'values.yaml': `image: { repository: r, digest: sha256:${'a'.repeat(64)} }\n` });
    const values = new Map([[join(example, 'chart'), [[join(root, 'values.yaml')]]]]);
    const { services, findings, profiles } = await read({ chartValues: values }, example);
    expect(findings).toEqual([]);
    expect(services.map(({ resource }) => resource)).toEqual([
      ...['proxy', 'api', 'worker', 'database', 'redis', 'vault'].map((name) => `service/${name}`),
      'deployment/release-stable container/api',
    ]);
    expect(profiles).toHaveLength(6);
    expect(services.at(-1)?.place).toMatchObject({ file: 'chart/templates/_helpers.tpl', line: 37 });
  });
});

it('real kubectl renders a kustomization, and each container stands in its manifest or patch', async () => {
  write({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: x\n          securityContext:\n            readOnlyRootFilesystem: true\n',
    'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\npatches:\n  - path: patch.yaml\n',
    'prod/patch.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          securityContext:\n            privileged: true\n',
    'broken/kustomization.yaml': 'resources: []\nnoSuchField: 1\n',
  });
  const { services, findings } = await read();
  expect(services).toMatchObject([
    {
      resource: 'deployment/prod-web container/web',
      privileged: { value: true, place: { file: 'prod/patch.yaml', line: 11, column: 25 } },
      readOnlyRoot: { value: true, place: { file: 'base/web.yaml', line: 18, column: 37 } },
    },
  ]);
  expect(told(findings)).toEqual([
    expect.stringMatching(
      /^services\/not-rendered broken\/kustomization.yaml: `kubectl kustomize -- .\/broken` failed: .*noSuchField/s,
    ),
  ]);
});

describe('hostile files', () => {
  const levels = Array.from(
    { length: 9 },
    (_, at) => `l${at + 1}: &l${at + 1} [${Array(10).fill(`*l${at}`).join(', ')}]`,
  );
  it.each<[string, string | Uint8Array, string]>([
    ['tabs', 'services:\n\ta: 1\n', 'not YAML'],
    ['an alias bomb', `l0: &l0 lol\n${levels.join('\n')}\n`, 'unfold to more than'],
    ['10,000 nested arrays', `services: ${'['.repeat(10_000)}`, 'not YAML'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0, 1, 2]), 'is not UTF-8 text'],
  ])('%s', async (_, text, message) => {
    write({ 'compose.yaml': text });
    const { services, findings } = await read();
    expect(services).toEqual([]);
    expect(told(findings)).toEqual([expect.stringContaining(message)]);
    expect(findings[0]?.rule.id).toBe('services/unreadable');
  });

  it('a file of 100 MB is not read', async () => {
    write({ 'compose.yaml': '', 'k8s/big.yaml': '', 'k8s/pod.yaml': 'apiVersion: v1\nkind: ConfigMap\n' });
    for (const path of ['compose.yaml', 'k8s/big.yaml']) truncateSync(join(root, path), 100_000_000);
    const { findings } = await read();
    expect(told(findings)).toEqual([
      'services/unreadable compose.yaml: The file cannot be read: it is larger than 4194304 bytes.',
      'services/unreadable k8s/big.yaml: The file cannot be read: it is larger than 4194304 bytes.',
    ]);
  });

  it('links out of the workspace are never followed', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'slipway-outside-'));
    folders.push(outside);
    writeFileSync(join(outside, 'compose.yaml'), 'services: { secret: { image: x } }');
    writeFileSync(join(outside, 'Dockerfile'), 'FROM x\nUSER 5\n');
    write({
      'compose.yaml': 'services: { a: { image: x, extends: { file: link/compose.yaml, service: secret } } }\n',
      'b/compose.yaml': 'include: [../file.yaml]\n',
      'c/compose.yaml': 'services: { a: { build: ../link, security_opt: [seccomp=../link/Dockerfile] } }\n',
    });
    symlinkSync(outside, join(root, 'link'));
    symlinkSync(join(outside, 'compose.yaml'), join(root, 'file.yaml'));
    const { services, findings, profiles } = await read();
    expect(services.map(({ name, user }) => [name, user.value.text])).toEqual([['a', '']]);
    expect(profiles).toEqual([]);
    expect(findings.map(({ rule, place }) => [rule.id, place?.file])).toEqual([
      ['services/unreadable', 'b/compose.yaml'],
      ['services/unreadable', 'compose.yaml'],
      ['services/defined-elsewhere', 'c/compose.yaml'],
      ['seccomp/profile-missing', 'c/compose.yaml'],
    ]);
    const given = await readServices(realFiles, root, [join(root, 'file.yaml'), join(root, 'link')], tools);
    expect(given.services).toEqual([]);
    expect(told(given.findings)).toEqual([
      'services/unreadable file.yaml: The file lies outside the workspace and is not read.',
      'services/unreadable link/compose.yaml: The file lies outside the workspace and is not read.',
    ]);
  });

  it('names with escape codes stay names', async () => {
    const name = 'a\u001b[2Jb';
    write({ [`${name}/compose.yaml`]: 'services: { "\\e[31mred": { image: x } }' });
    const { services } = await read();
    expect(services).toMatchObject([{ name: '\u001b[31mred', place: { file: `${name}/compose.yaml` } }]);
  });
});
