import { describe, expect, it } from '@jest/globals';
import { servicesIn, told } from '../../../test/support/found-services.ts';
import type { Service } from '../service.ts';

/** The container of a pod with these lines in the container and in the pod's spec. */
async function container(own = '', ofPod = ''): Promise<Service> {
  const { services } = await servicesIn({ 'pod.yaml': pod(own, ofPod) });
  if (services[0] === undefined) throw new Error('no container was found');
  return services[0];
}

function pod(own = '', ofPod = ''): string {
  const lines = (text: string, by: number): string => (text === '' ? '' : `${text.replace(/^/gm, ' '.repeat(by))}\n`);
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n${lines(ofPod, 2)}  containers:\n    - name: c\n${lines(own, 6)}`;
}

const template = 'template: { metadata: { labels: { app: x } }, spec: { containers: [{ name: c, image: i }] } }';

describe('what has containers', () => {
  it.each([
    ['Deployment', `spec: { ${template} }`],
    ['StatefulSet', `spec: { ${template} }`],
    ['DaemonSet', `spec: { ${template} }`],
    ['ReplicaSet', `spec: { ${template} }`],
    ['ReplicationController', `spec: { ${template} }`],
    ['Rollout', `spec: { ${template} }`],
    ['Service', `spec: { ${template} }`],
    ['Job', `spec: { ${template} }`],
    ['CronJob', `spec: { jobTemplate: { spec: { ${template} } } }`],
    ['PodTemplate', template],
    ['AnyCustomKind', `spec: { parts: [{ podTemplate: { spec: { containers: [{ name: c, image: i }] } } }] }`],
  ])('%s', async (kind, lines) => {
    const text = `apiVersion: v1\nkind: ${kind}\nmetadata: { name: n }\n${lines}\n`;
    const { services, findings } = await servicesIn({ 'a.yaml': text });
    expect(services.map(({ resource, image }) => [resource, image])).toEqual([
      [`${kind.toLowerCase()}/n container/c`, 'i'],
    ]);
    expect(services[0]?.endsByItself).toBe(kind.endsWith('Job'));
    expect(findings).toEqual([]);
  });

  it.each([
    ['a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\ndata: { spec: x }\n'],
    ['a rollout that refers to a workload', 'apiVersion: v1\nkind: Rollout\nspec: { workloadRef: { name: x } }\n'],
    [
      'a definition',
      'apiVersion: v1\nkind: CustomResourceDefinition\nspec: { template: { properties: { containers: {} } } }\n',
    ],
    ['another YAML file', 'name: ci\njobs: { a: { steps: [{ run: "apiVersion: kind:" }] } }\n'],
    ['a list', '- apiVersion: v1\n  kind: Pod\n'],
  ])('%s has none', async (_, text) => {
    expect(await servicesIn({ 'a.yaml': text })).toMatchObject({ services: [], findings: [] });
  });

  it('every document of a file, every item of a list, JSON too', async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Pod, metadata: { generateName: g- }, spec: { containers: [{ name: c }] } }\n`;
    const { services } = await servicesIn({
      'a.yaml': `${pod()}---\n${list}`,
      'b.json': JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'j' }] } }),
    });
    expect(services.map(({ resource }) => resource)).toEqual([
      'pod/p container/c',
      'pod/g-* container/c',
      'pod/ container/j',
    ]);
  });

  it('init containers end by themselves, sidecars do not', async () => {
    const more =
      'initContainers: [{ name: i }, { name: s, restartPolicy: Always }]\nephemeralContainers: [{ name: e }]';
    const { services } = await servicesIn({ 'a.yaml': pod('', more) });
    expect(services.map(({ name, endsByItself }) => [name, endsByItself])).toEqual([
      ['c', false],
      ['i', true],
      ['s', false],
      ['e', true],
    ]);
  });
});

describe('the profile', () => {
  const context = (type: string): string => `securityContext: { seccompProfile: { type: ${type} } }`;
  it.each([
    ['', '', { kind: 'none' }],
    ['', context('RuntimeDefault'), { kind: 'runtime-default', place: { file: 'pod.yaml', line: 5, column: 46 } }],
    [context('Unconfined'), context('RuntimeDefault'), { kind: 'unconfined' }],
    [context('RuntimeDefault'), context('Unconfined'), { kind: 'runtime-default' }],
    [
      context('Localhost, localhostProfile: a/b.json'),
      '',
      { kind: 'localhost', path: 'a/b.json', written: 'a/b.json' },
    ],
    ['securityContext: {}', context('Unconfined'), { kind: 'unconfined' }],
  ])('container: %s, pod: %s', async (own, ofPod, expected) => {
    expect((await container(own, ofPod)).seccomp).toMatchObject(expected);
  });

  it.each([
    [context('Localhost'), 'needs a `localhostProfile`'],
    [context('Default'), '`seccompProfile.type` is `Default`'],
    [context('RuntimeDefault, localhostProfile: a'), 'needs the type Localhost'],
    [context('Localhost, localhostProfile: /etc/a'), 'is no path below'],
    [context('Localhost, localhostProfile: a/../../b'), 'is no path below'],
    ['securityContext: { seccompProfile: {} }', '`seccompProfile.type` is ``'],
  ])('%s is refused', async (own, message) => {
    const { findings } = await servicesIn({ 'pod.yaml': pod(own) });
    expect(told(findings)).toEqual([expect.stringContaining(message)]);
    expect(findings[0]).toMatchObject({
      rule: { outcome: 'fail' },
      place: { file: 'pod.yaml', line: 7, resource: 'pod/p' },
    });
  });

  it('annotations are ignored, and that is said', async () => {
    const text = pod().replace(
      'name: p',
      `name: p, annotations: { seccomp.security.alpha.kubernetes.io/pod: runtime/default, container.seccomp.security.alpha.kubernetes.io/c: localhost/a, other: x }`,
    );
    const { services, findings } = await servicesIn({ 'a.yaml': text });
    expect(services[0]?.seccomp).toEqual({ kind: 'none' });
    expect(findings.map(({ rule, place }) => [rule.id, place?.line])).toEqual([
      ['services/seccomp-annotation', 3],
      ['services/seccomp-annotation', 3],
    ]);
  });
});

it.each([
  ['', '', { uid: undefined, gid: undefined, text: '' }],
  ['', 'securityContext: { runAsUser: 5, runAsGroup: 6 }', { uid: 5, gid: 6, text: '5:6' }],
  ['securityContext: { runAsUser: 7 }', 'securityContext: { runAsUser: 5, runAsGroup: 6 }', { uid: 7, gid: 6 }],
  ['securityContext: { runAsNonRoot: true }', '', { uid: undefined, text: 'runAsNonRoot' }],
  ['securityContext: { runAsUser: "7" }', '', { uid: undefined, text: '7' }],
])('the user of container %s in pod %s', async (own, ofPod, expected) => {
  expect((await container(own, ofPod)).user.value).toMatchObject(expected);
});

it('says how a container is confined', async () => {
  const service = await container(
    `securityContext: { privileged: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { add: [CAP_SYS_TIME], drop: [all] } }
resources: { limits: { cpu: 1 } }
livenessProbe: { tcpSocket: { port: 1 } }
command: [a]
args: [b, 1]
volumeMounts: [{ name: host, mountPath: /h }]`,
    `resources: { limits: { memory: 1Gi } }
volumes: [{ name: host, hostPath: { path: /var/run } }, { name: unused, hostPath: { path: / } }, { name: data, emptyDir: {} }]`,
  );
  const place = { file: 'pod.yaml' };
  expect(service).toMatchObject({
    privileged: { value: true, place },
    noNewPrivileges: { value: true, place },
    readOnlyRoot: { value: true, place },
    addedCapabilities: [{ value: 'SYS_TIME', place }],
    droppedCapabilities: [{ value: 'ALL', place }],
    limits: { value: { cpu: true, memory: true }, place },
    healthCheck: { value: true, place },
    engineSockets: [{ value: '/var/run', place: { file: 'pod.yaml', line: 6 } }],
    command: ['a', 'b', '1'],
  });
});

it('assumes what the cluster does when nothing is said', async () => {
  expect(await container()).toMatchObject({
    privileged: { value: false },
    noNewPrivileges: { value: false },
    readOnlyRoot: { value: false },
    limits: { value: { cpu: false, memory: false } },
    healthCheck: { value: false },
    engineSockets: [],
    labels: new Map(),
  });
});

describe('files that cannot be read', () => {
  it.each([
    ['k8s/broken.yaml', 'a: [1', ['k8s/broken.yaml:1:6']],
    ['elsewhere/broken.yaml', 'a: [1', []],
    ['elsewhere/template.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {{ x }}\n', ['elsewhere/template.yaml:3:12']],
    ['k8s/values.txt', 'a: [1', []],
    ['k8s/tab.yaml', 'a:\n\tb: 1\n', ['k8s/tab.yaml:2:1']],
  ])('%s', async (path, text, expected) => {
    const { services, findings } = await servicesIn({ 'k8s/pod.yaml': pod(), [path]: text });
    expect(services).toHaveLength(1);
    expect(findings.map(({ place }) => [place?.file, place?.line, place?.column].join(':'))).toEqual(expected);
  });
});
