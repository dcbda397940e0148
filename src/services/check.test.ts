import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { composeFile, composeServiceOf, servicesIn, told } from '../../test/support/found-services.ts';
import type { Finding } from '../report/report.ts';
import { checkServices, requirementsFor } from './check.ts';
import { isLike } from '../documents/like.ts';
import { servicesPolicySchema, type Requirements, type ServicesPolicy } from './requirements.ts';

const strict: Requirements = {
  profile: 'any',
  privileged: 'forbidden',
  'user-above': 1000,
  'group-above': 1000,
  'no-new-privileges': true,
  'read-only-root': true,
  'drop-all-capabilities': true,
  'added-capabilities': ['NET_BIND_SERVICE'],
  'engine-socket': 'forbidden',
  limits: ['cpu', 'memory'],
  'health-check': true,
};

async function findingsOf(content: Record<string, string>, require: Requirements): Promise<Finding[]> {
  const { services } = await servicesIn(content);
  return checkServices(services, [{ require }], '/work');
}

const hardened = `user: '10001:10001'
read_only: true
cap_drop: [ALL]
cap_add: [NET_BIND_SERVICE]
security_opt: [seccomp=p.json, 'no-new-privileges:true']
healthcheck: { test: [CMD, a] }
deploy: { resources: { limits: { cpus: '1', memory: 1G } } }`;

const pod = (own: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  volumes: [{ name: v, hostPath: { path: /run } }]\n  containers:\n    - { name: c, ${own} }\n`;

const hardenedPod = `securityContext: { runAsUser: 10001, runAsGroup: 10001, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: [ALL] }, seccompProfile: { type: Localhost, localhostProfile: p.json } }, resources: { limits: { cpu: 1, memory: 1Gi } }, readinessProbe: {}`;

it('a service that has all that is asked for has no finding', async () => {
  expect(await findingsOf({ 'compose.yaml': composeFile(hardened), 'pod.yaml': pod(hardenedPod) }, strict)).toEqual([]);
});

it('a service that says nothing has a finding for each thing asked, in the words of its file', async () => {
  const findings = await findingsOf({ 'compose.yaml': composeFile('labels: {}') }, strict);
  expect(findings.map(({ rule, message, fix, subject }) => [rule.id, message, fix, subject])).toEqual([
    [
      'seccomp/service-without-profile',
      'Service `a` names no seccomp profile.',
      'Add `security_opt: [seccomp=<profile>.json]` to service `a`.',
      undefined,
    ],
    [
      'services/user',
      'Service `a` names no user, so its image decides; asked is one above 1000.',
      "Add `user: '1001:1001'` to service `a`.",
      undefined,
    ],
    [
      'services/group',
      'Service `a` names no group, so its image decides; asked is one above 1000.',
      "Add `user: '1001:1001'` to service `a`.",
      undefined,
    ],
    [
      'services/new-privileges',
      'Service `a` may gain privileges.',
      'Add `no-new-privileges:true` to the `security_opt` of service `a`.',
      undefined,
    ],
    [
      'services/writable-root',
      'Service `a` can write its root file system.',
      'Add `read_only: true` to service `a`, and `tmpfs: [/tmp]` where it writes.',
      undefined,
    ],
    [
      'services/capabilities-kept',
      'Service `a` drops no capability.',
      'Add `cap_drop: [ALL]` to service `a`.',
      undefined,
    ],
    [
      'services/no-limit',
      'Service `a` has no limit for cpu.',
      "Add `deploy: { resources: { limits: { cpus: '1' } } }` to service `a`.",
      'cpu',
    ],
    [
      'services/no-limit',
      'Service `a` has no limit for memory.',
      'Add `deploy: { resources: { limits: { memory: 256M } } }` to service `a`.',
      'memory',
    ],
    [
      'services/no-health-check',
      'Service `a` has no health check.',
      'Add `healthcheck: { test: [CMD, …] }` to service `a`.',
      undefined,
    ],
  ]);
  expect(new Set(findings.map(({ place }) => JSON.stringify(place)))).toEqual(
    new Set([JSON.stringify({ file: 'compose.yaml', line: 2, column: 3, resource: 'service/a' })]),
  );
});

it('a container that says nothing likewise', async () => {
  const findings = await findingsOf({ 'pod.yaml': pod('image: x') }, strict);
  expect(findings.map(({ rule, fix }) => [rule.id, fix])).toEqual([
    [
      'seccomp/service-without-profile',
      'Add `securityContext: { seccompProfile: { type: RuntimeDefault } }` to container `c`.',
    ],
    ['services/user', 'Add `securityContext: { runAsUser: 1001 }` to container `c`.'],
    ['services/group', 'Add `securityContext: { runAsGroup: 1001 }` to container `c`.'],
    ['services/new-privileges', 'Add `securityContext: { allowPrivilegeEscalation: false }` to container `c`.'],
    ['services/writable-root', 'Add `securityContext: { readOnlyRootFilesystem: true }` to container `c`.'],
    ['services/capabilities-kept', 'Add `securityContext: { capabilities: { drop: [ALL] } }` to container `c`.'],
    ['services/no-limit', "Add `resources: { limits: { cpu: '1' } }` to container `c`."],
    ['services/no-limit', 'Add `resources: { limits: { memory: 256Mi } }` to container `c`.'],
    ['services/no-health-check', 'Add a `livenessProbe` or `readinessProbe` to container `c`.'],
  ]);
});

it('the culprit has a place of its own', async () => {
  const lines = `privileged: true
user: root
cap_add: [SYS_ADMIN]
cap_drop: [NET_RAW]
security_opt: [seccomp=unconfined]
volumes: ['/run/docker.sock:/s']`;
  const all = await findingsOf({ 'compose.yaml': composeFile(lines) }, strict);
  expect(told(all).slice(0, 4)).toEqual([
    'seccomp/service-unconfined compose.yaml:8:20 service/a: Service `a` asks for seccomp `unconfined`.',
    'services/privileged compose.yaml:4:17 service/a: Service `a` is privileged.',
    'services/user compose.yaml:5:11 service/a: Service `a` runs as user 0; asked is one above 1000.',
    'services/group compose.yaml:5:11 service/a: Service `a` names no group by number (`root`); asked is one above 1000.',
  ]);
  expect(told(all)).toEqual(
    expect.arrayContaining([
      'services/capabilities-kept compose.yaml:7:16 service/a: Service `a` drops only NET_RAW.',
      'services/capability-added compose.yaml:6:15 service/a: Service `a` adds the capability SYS_ADMIN.',
      'services/engine-socket compose.yaml:9:16 service/a: Service `a` mounts `/run/docker.sock` of the host.',
    ]),
  );
  expect(all.filter(({ subject }) => subject !== undefined).map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['SYS_ADMIN', '/run/docker.sock']),
  );
});

it('a pod that goes too far', async () => {
  const own = `securityContext: { privileged: true, capabilities: { add: [SYS_ADMIN] } }, volumeMounts: [{ name: v, mountPath: /h }]`;
  const findings = await findingsOf(
    { 'pod.yaml': pod(own) },
    { privileged: 'forbidden', 'added-capabilities': [], 'engine-socket': 'forbidden' },
  );
  expect(findings.map(({ rule, fix }) => [rule.id, fix])).toEqual([
    [
      'services/privileged',
      'Remove `privileged: true` from container `c`; add the one capability that is needed to `capabilities.add`.',
    ],
    [
      'services/capability-added',
      'Remove `SYS_ADMIN` from the `capabilities.add` of container `c`, or allow it in the policy for this service.',
    ],
    ['services/engine-socket', 'Remove the mount of `/run` from container `c`.'],
  ]);
});

describe('the profile', () => {
  const compose = (options: string): string => composeFile(`security_opt: ${options}`);
  const kubernetes = (profile: string): string => pod(`securityContext: { seccompProfile: { ${profile} } }`);
  it.each([
    ['any', compose('[seccomp=p.json]'), undefined],
    ['any', compose('[]'), 'seccomp/service-without-profile'],
    ['any', compose('[seccomp=unconfined]'), 'seccomp/service-unconfined'],
    ['any', composeFile('privileged: true'), 'seccomp/service-unconfined'],
    ['any', composeFile('privileged: true\nsecurity_opt: [seccomp=p.json]'), undefined],
    ['any', kubernetes('type: RuntimeDefault'), undefined],
    ['own', kubernetes('type: RuntimeDefault'), 'services/other-profile'],
    ['any', kubernetes('type: Localhost, localhostProfile: a.json'), undefined],
    ['runtime-default', compose('[]'), undefined],
    ['runtime-default', compose('[seccomp=p.json]'), undefined],
    ['runtime-default', kubernetes('type: RuntimeDefault'), undefined],
    ['runtime-default', pod('image: x'), 'seccomp/service-without-profile'],
    ['runtime-default', kubernetes('type: Unconfined'), 'seccomp/service-unconfined'],
    [
      'runtime-default',
      pod('securityContext: { privileged: true, seccompProfile: { type: RuntimeDefault } }'),
      'seccomp/service-unconfined',
    ],
    ['seccomp/p.json', compose('[seccomp=./seccomp/p.json]'), undefined],
    ['./seccomp/p.json', compose('[seccomp=seccomp/p.json]'), undefined],
    ['seccomp/p.json', compose('[seccomp=other/seccomp/p.json]'), 'services/other-profile'],
    ['seccomp/p.json', compose('[]'), 'seccomp/service-without-profile'],
    ['seccomp/p.json', kubernetes('type: Localhost, localhostProfile: seccomp/p.json'), undefined],
    ['seccomp/p.json', kubernetes('type: Localhost, localhostProfile: p.json'), 'services/other-profile'],
    ['seccomp/p.json', kubernetes('type: RuntimeDefault'), 'services/other-profile'],
  ])('%s asked of %j: %s', async (profile, text, expected) => {
    const [name = ''] = text.startsWith('services') ? ['compose.yaml'] : ['pod.yaml'];
    const ids = (await findingsOf({ [name]: text }, { profile })).map(({ rule }) => rule.id);
    expect(ids).toEqual(expected === undefined ? [] : [expected]);
  });

  it('is named in the fix', async () => {
    const [finding] = await findingsOf({ 'pod.yaml': pod('image: x') }, { profile: 'a/p.json' });
    expect(finding?.fix).toContain('seccompProfile: { type: Localhost, localhostProfile: a/p.json }');
    const [other] = await findingsOf({ 'pod.yaml': pod('image: x') }, { profile: 'runtime-default' });
    expect(other?.fix).toContain('seccompProfile: { type: RuntimeDefault }');
    const [own] = await findingsOf({ 'pod.yaml': pod('image: x') }, { profile: 'own' });
    expect(own?.fix).toContain('seccompProfile: { type: Localhost, localhostProfile: <profile>.json }');
  });
});

it('nobody asks an init container or a job for its health', async () => {
  const job = `apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\nspec: { template: { spec: { containers: [{ name: c }] } } }\n`;
  expect(await findingsOf({ 'job.yaml': job }, { 'health-check': true })).toEqual([]);
});

it('a policy that asks for nothing finds nothing', async () => {
  expect(await findingsOf({ 'compose.yaml': composeFile('privileged: true') }, {})).toEqual([]);
});

describe('what matches', () => {
  const policy: ServicesPolicy = [
    { require: { 'user-above': 1, 'health-check': true } },
    { match: { name: 'a' }, require: { 'user-above': 2 } },
    { match: { image: 'x*' }, require: { 'group-above': 3 } },
    { match: { label: 'tier=db' }, require: { 'read-only-root': true } },
    { match: { label: 'team' }, require: { limits: ['cpu'] } },
    { match: { name: 'a', image: 'y' }, require: { 'health-check': false } },
  ];

  it('each key is that of the last matching entry', async () => {
    const service = await composeServiceOf('labels: { tier: db, team: "" }');
    expect(requirementsFor(service, policy)).toEqual({
      'user-above': 2,
      'health-check': true,
      'group-above': 3,
      'read-only-root': true,
      limits: ['cpu'],
    });
  });

  it('an entry that matches no service is said', async () => {
    const found = checkServices([await composeServiceOf('labels: [tier=web, team]')], policy, '/work', 'policy.yaml');
    expect(told(found.filter(({ rule }) => rule.outcome === 'warning'))).toEqual([
      'services/policy-matches-nothing policy.yaml: Entry 4 of `services` matches no service: label `tier=db`.',
      'services/policy-matches-nothing policy.yaml: Entry 6 of `services` matches no service: name `a`, image `y`.',
    ]);
    expect(checkServices([], policy, '/work')).toEqual([]);
  });

  it('the schema takes such a policy', () => expect(servicesPolicySchema.parse(policy)).toEqual(policy));
});

describe('a pattern', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'ab', false],
    ['abc', '*', true],
    ['', '*', true],
    ['abc', 'a*c', true],
    ['abc', 'a*b', false],
    ['aba', 'aba*aba', false],
    ['a.c', 'a?c', false],
    ['x/y:1', '*/y:*', true],
  ])('%j like %j is %s', (text, pattern, expected) => expect(isLike(text, pattern)).toBe(expected));

  it('with stars in it is like the text with anything there', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (parts, between) => {
        const plain = parts.map((part) => part.replaceAll('*', ''));
        expect(isLike(plain.join(between), plain.join('*'))).toBe(true);
      }),
    );
  });
});
