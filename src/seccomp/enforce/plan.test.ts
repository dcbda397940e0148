import { describe, expect, it } from '@jest/globals';
import { told } from '../../../test/support/found-services.ts';
import { treeOf } from '../../../test/support/seccomp-tree.ts';
import { startSchema } from '../start-schema.ts';
import { planStarts, startOf, type StartWorld } from './plan.ts';
import type { Start } from './start.ts';

const profile = '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW"}]}';
const compose = `services:
  api:
    image: api
    command: [node, main.mjs]
    user: '999:998'
    cap_add: [NET_BIND_SERVICE]
    security_opt: [seccomp=p.json, no-new-privileges:true]
  worker:
    image: worker
    security_opt: [seccomp=p.json]
  plain: { image: plain, command: [sleep, '9'] }
`;
const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: app
      image: app
      command: [app]
      securityContext:
        seccompProfile: { type: Localhost, localhostProfile: p.json }
`;

async function plan(...entries: object[]): Promise<ReturnType<typeof planStarts>> {
  const tree = await treeOf({ 'compose.yaml': compose, 'pod.yaml': pod, 'p.json': profile });
  const world: StartWorld = { ...tree, root: '/w', policy: 'slipway/seccomp.yaml', loader: 'containers-common' };
  return planStarts(
    entries.map((entry) => startSchema.parse({ ready: { exit: 0 }, ...entry })),
    world,
  );
}

async function startIn(entry: object): Promise<Start | undefined> {
  return (await plan(entry)).checks[0]?.start;
}

describe('an entry of `starts` that cannot be tried', () => {
  it.each<[string, object, string]>([
    [
      'names a service that nothing defines',
      { service: 'shop' },
      '`starts` names the service `shop`, and there is none.',
    ],
    [
      'names a service without a profile',
      { service: 'plain' },
      '`service/plain` has no profile of its own to be started under.',
    ],
    [
      'names a profile that was not read',
      { profile: 'q.json', command: ['true'] },
      'The profile `q.json` is not among the files that were read.',
    ],
    [
      'says no command, and nothing else does',
      { service: 'worker' },
      '`starts` gives no `command` for `service/worker`, and nothing that was read says one.',
    ],
  ])('%s', async (_, entry, message) => {
    const { checks, findings } = await plan(entry);
    expect(checks).toEqual([]);
    expect(told(findings)).toEqual([`seccomp/cannot-be-tried slipway/seccomp.yaml: ${message}`]);
    expect(findings[0]?.rule.outcome).toBe('inconclusive');
  });

  it('does not keep the others from being tried', async () => {
    const { checks, findings } = await plan({ service: 'shop' }, { service: 'api' });
    expect([checks.length, findings.length]).toEqual([1, 1]);
  });
});

describe('a start', () => {
  it('takes from the service what the policy does not say', async () => {
    const { checks } = await plan({ service: 'api' });
    expect(checks).toMatchObject([
      {
        resource: 'service/api',
        profile: { file: 'p.json', text: profile },
        loader: 'moby',
        start: {
          command: ['node', 'main.mjs'],
          user: { uid: 999, gid: 998 },
          capabilities: ['CAP_NET_BIND_SERVICE'],
          noNewPrivileges: true,
        },
      },
    ]);
  });

  it('takes from the policy what it says', async () => {
    const entry = {
      ...{ service: 'api', command: ['true'], user: '1234:4321', environment: { PORT: '80', PATH: '/bin' } },
      ...{ writable: ['/run'], 'ready-within': '2s', 'steady-for': '500ms', 'stop-signal': 'SIGINT' },
      'stop-within': '1m',
    };
    expect(await startIn(entry)).toMatchObject({
      ...{ command: ['true'], user: { uid: 1234, gid: 4321 }, env: { PORT: '80', PATH: '/bin' }, writable: ['/run'] },
      ...{ readyWithin: 2000, steadyFor: 500, stopSignal: 'SIGINT', stopWithin: 60_000 },
    });
  });

  it('is of a user without rights and without new privileges where nobody says a thing', async () => {
    expect(await startIn({ profile: './p.json', command: ['true'] })).toMatchObject({
      ...{ user: { uid: 10_001, gid: 10_001 }, capabilities: [], noNewPrivileges: true },
      ...{ readyWithin: 30_000, steadyFor: 3000, stopSignal: 'SIGTERM', stopWithin: 10_000, writable: ['/tmp'] },
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    });
    expect(await startIn({ service: 'worker', command: ['true'] })).toMatchObject({ noNewPrivileges: false });
  });

  it("is of root where the container is, as the engine's default is", async () => {
    expect((await startIn({ service: 'worker', command: ['true'], user: '0:0' }))?.user).toEqual({ uid: 0, gid: 0 });
  });

  it.each<[string, object, string]>([
    ['Compose', { service: 'api' }, 'moby'],
    ['a pod', { service: 'app' }, 'containerd'],
    ['no service', { profile: 'p.json', command: ['true'] }, 'containers-common'],
  ])('of a profile of %s is read by the loader that reads it there', async (_, entry, loader) => {
    const { checks, findings } = await plan(entry);
    expect([checks[0]?.loader, findings]).toEqual([loader, []]);
  });

  it('of two entries is two', async () => {
    const { checks } = await plan({ service: 'api' }, { profile: 'p.json', command: ['true'] });
    expect(checks.map(({ resource }) => resource)).toEqual(['service/api', 'p.json']);
  });
});

describe('where a program starts', () => {
  it.each<[string, object, Partial<Start>]>([
    ['with the programs of this machine', {}, { rootfs: 'host', cwd: '/workspace', workspace: '/w' }],
    [
      'in a folder of the workspace',
      { 'working-folder': 'server' },
      { rootfs: 'host', cwd: '/workspace/server', workspace: '/w' },
    ],
    ['in an image', { root: 'image/root' }, { rootfs: { folder: '/w/image/root' }, cwd: '/' }],
    [
      'in a folder of the image',
      { root: 'image/root', 'working-folder': 'srv' },
      { rootfs: { folder: '/w/image/root' }, cwd: '/srv' },
    ],
  ])('%s', (_, entry, expected) => {
    const read = startSchema.parse({ service: 'api', ready: { exit: 0 }, ...entry });
    const { rootfs, cwd, workspace } = startOf(read, ['true'], undefined, '/w');
    expect({ rootfs, cwd, ...(workspace !== undefined && { workspace }) }).toEqual(expected);
  });
});

describe('what counts as started', () => {
  it.each<[object, Start['ready']]>([
    [{ exit: 3 }, { kind: 'exit', code: 3 }],
    [{ port: 80 }, { kind: 'tcp', port: 80 }],
    [{ http: 'http://127.0.0.1/' }, { kind: 'http', url: 'http://127.0.0.1/', status: 200 }],
    [
      { http: 'http://127.0.0.1/', status: 204 },
      { kind: 'http', url: 'http://127.0.0.1/', status: 204 },
    ],
    [{ command: ['check', '-q'] }, { kind: 'command', argv: ['check', '-q'] }],
  ])('%j', async (ready, expected) => expect((await startIn({ service: 'api', ready }))?.ready).toEqual(expected));
});
