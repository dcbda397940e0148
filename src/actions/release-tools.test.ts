import { beforeEach, describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import type { Context } from '../definition/context.ts';
import { UsageError } from '../definition/values.ts';
import type { Exec } from '../effects/effects.ts';
import { withReleaseTools } from './release-tools.ts';

const ended = { code: 0, signal: null, stderr: '', timedOut: false, truncated: false };
const calls: { program: string; environment: Readonly<Record<string, string>> | undefined }[] = [];
const saved: Record<string, string> = {};
let files: ReturnType<typeof memoryFiles> & { readonly modes: Record<string, number | undefined> };
let version: string;

const exec: Exec = (program, _args, options = {}) => {
  calls.push({ program, environment: options.env });
  return Promise.resolve({ ...ended, stdout: program.endsWith('helm') ? version : '{"items":[]}' });
};

const context = (): Context =>
  ({
    exec,
    files,
    temp: '/t/job',
    clusterEnvironment: { PATH: '/bin', KUBECONFIG: '/home/kubeconfig' },
    program: (name: string, path = `/cache/${name}`) =>
      Promise.resolve({ name, path, version: '4.2.4', sha256: 'c', origin: 'release' }),
    saveState: (name: string, value: string) => (saved[name] = value),
    signal: new AbortController().signal,
  }) as unknown as Context;

const inputs = {
  release: 'game',
  namespace: 'staging',
  kubeconfig: undefined as string | undefined,
  'helm-path': undefined,
  'kubectl-path': '/opt/kubectl',
};

beforeEach(() => {
  const memory = memoryFiles({});
  const modes: Record<string, number | undefined> = {};
  files = {
    ...memory,
    modes,
    write: (path, content, mode) => {
      modes[path] = mode;
      return memory.write(path, content);
    },
  };
  calls.length = 0;
  version = 'v4.2\n';
});

describe('helm and kubectl', () => {
  it('use the login that an earlier step has left, and are named in the evidence', async () => {
    await withReleaseTools(inputs, context(), async ({ kubectl, programs, namespace }) => {
      await kubectl.list('pods');
      expect(programs.map(({ name, origin }) => [name, origin])).toEqual([
        ['helm', 'release'],
        ['kubectl', 'release'],
      ]);
      expect(namespace).toBe('staging');
    });
    expect(calls.map(({ program, environment }) => [program, environment?.KUBECONFIG])).toEqual([
      ['/cache/helm', '/home/kubeconfig'],
      ['/opt/kubectl', '/home/kubeconfig'],
    ]);
    expect(files.content).toEqual({});
  });

  it('use a given kubeconfig, which only this user can read and which is gone afterwards', async () => {
    const path = '/t/job/kubeconfig';
    const failing = withReleaseTools({ ...inputs, kubeconfig: 'secret' }, context(), async ({ kubectl }) => {
      expect(files.content[path]).toBe('secret');
      expect(files.modes[path]).toBe(0o600);
      await kubectl.list('pods');
      throw new Error('work broke');
    });
    await expect(failing).rejects.toThrow('work broke');
    expect(calls.map(({ environment }) => environment?.KUBECONFIG)).toEqual([path, path]);
    expect(saved.kubeconfig).toBe(path);
    expect(files.content).toEqual({});
  });

  it('of another major version are refused by name', async () => {
    version = 'v3.21.4';
    const work = withReleaseTools({ ...inputs, kubeconfig: 'secret' }, context(), () => Promise.resolve());
    await expect(work).rejects.toThrow(
      new UsageError('Input `helm-path`: it is Helm v3.21.4. Allowed: a Helm of version 4.'),
    );
    expect(files.content).toEqual({});
  });
});
