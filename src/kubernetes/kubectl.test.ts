import { describe, expect, it } from '@jest/globals';
import type { ExecOptions, ExecResult } from '../effects/effects.ts';
import { kubectl, type Kubectl } from './kubectl.ts';

const route = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', resourceVersion: '7' }, data: {} };
const calls: { args: readonly string[]; options: ExecOptions }[] = [];

/** A kubectl whose program ends as said. */
function ending(ended: Partial<ExecResult> | Error): Kubectl {
  calls.length = 0;
  return kubectl({
    exec: (_program, args, options = {}) => {
      calls.push({ args, options });
      if (ended instanceof Error) return Promise.reject(ended);
      return Promise.resolve({
        code: 0,
        signal: null,
        stdout: '',
        stderr: '',
        timedOut: false,
        truncated: false,
        ...ended,
      });
    },
    program: '/opt/kubectl',
    namespace: 'shop',
    environment: { PATH: '/bin', KUBECONFIG: '/work/kubeconfig' },
  });
}

describe('calls of kubectl', () => {
  it('get one object of the namespace, at the cluster of the environment', async () => {
    expect(await ending({ stdout: JSON.stringify(route) }).get('configmaps', 'web')).toEqual({ value: route });
    expect(calls[0]?.args.slice(0, 5)).toEqual(['get', 'configmaps', 'web', '--namespace', 'shop']);
    expect(calls[0]?.options.env).toEqual({ PATH: '/bin', KUBECONFIG: '/work/kubeconfig' });
  });

  it('list objects by label', async () => {
    const stdout = JSON.stringify({ items: [route], metadata: { resourceVersion: '' } });
    expect(await ending({ stdout }).list('pods', 'app=web')).toEqual({ value: [route] });
    expect(calls[0]?.args.slice(0, 4)).toEqual(['get', 'pods', '--selector', 'app=web']);
  });

  it('patch an object only as it was read', async () => {
    await ending({ stdout: JSON.stringify(route) }).patch('configmaps', route, [
      { op: 'add', path: '/data/a', value: 'b' },
    ]);
    expect(JSON.parse(calls[0]?.args[6] ?? '')).toEqual([
      { op: 'replace', path: '/metadata/resourceVersion', value: '7' },
      { op: 'add', path: '/data/a', value: 'b' },
    ]);
  });

  // Texts as kubectl 1.36.3 wrote them against kube-apiserver 1.36.3.
  const log = 'E1121 14:14:45.641038   28614 memcache.go:265] "Unhandled Error" err="connection refused"\n';
  it.each([
    ['not-found', 'Error from server (NotFound): httproutes.gateway.networking.k8s.io "nope" not found\n'],
    ['unknown-kind', 'error: the server doesn\'t have a resource type "foos"\n'],
    [
      'conflict',
      'Error from server (Conflict): Operation cannot be fulfilled on httproutes.gateway.networking.k8s.io "web": the object has been modified; please apply your changes to the latest version and try again\n',
    ],
    [
      'forbidden',
      'Error from server (Forbidden): httproutes.gateway.networking.k8s.io "web" is forbidden: User "joe" cannot get resource\n',
    ],
    [
      'unauthorized',
      `${log}error: You must be logged in to the server (the server has asked for the client to provide credentials)\n`,
    ],
    ['invalid', 'The HTTPRoute "web" is invalid: spec.rules[0].backendRefs[1].weight: Invalid value: -1\n'],
    ['invalid', 'The request is invalid: the server rejected our request due to an error in our request\n'],
    [
      'unreachable',
      `${log}The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n`,
    ],
    ['unreachable', `${log}Unable to connect to the server: dial tcp: lookup nohost.invalid: no such host\n`],
    ['timeout', `${log}Unable to connect to the server: context deadline exceeded\n`],
    ['other', ''],
    ['other', 'error: something new\n'],
  ])('tell %s from %j', async (reason, stderr) => {
    expect(await ending({ code: 1, stderr }).get('configmaps', 'web')).toMatchObject({ problem: { reason } });
  });

  it.each<[string, string, Partial<ExecResult> | Error]>([
    ['was stopped for its time', 'timeout', { code: null, signal: 'SIGTERM', timedOut: true, stderr: log }],
    ['answered half an object', 'other', { stdout: '{"kind":' }],
    ['answered more than is read', 'other', { stdout: JSON.stringify(route), truncated: true }],
    ['answered nothing', 'other', { stdout: 'null' }],
    ['answered something else', 'other', { stdout: '{"kind":"Status"}' }],
    ['is not there', 'other', new Error('spawn ENOENT')],
  ])('give a problem when kubectl %s', async (_, reason, ended) => {
    expect(await ending(ended).get('configmaps', 'web')).toMatchObject({ problem: { reason } });
    expect(await ending(ended).list('configmaps')).toMatchObject({ problem: { reason } });
  });

  it('tell what kubectl said and not what it logged', async () => {
    const stderr = `${log}The connection to the server 127.0.0.1:1 was refused\n`;
    expect(await ending({ code: 1, stderr }).get('configmaps', 'web')).toMatchObject({
      problem: { message: 'The connection to the server 127.0.0.1:1 was refused' },
    });
  });
});
