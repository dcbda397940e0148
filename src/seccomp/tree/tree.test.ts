import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../../test/support/memory-files.ts';
import { ProgramError } from '../../effects/effects.ts';
import { serviceTable } from './judge-tree.ts';
import { readSeccompTree, type SeccompTree } from './tree.ts';

const text = '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW"}]}';
const compose = (option: string): string => `services:\n  web:\n    image: web\n    security_opt: ["${option}"]\n`;
const pod = (profile: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - name: app\n      securityContext: { seccompProfile: { type: Localhost, localhostProfile: ${profile} } }\n`;
const resource = (name: string): string =>
  `apiVersion: security-profiles-operator.x-k8s.io/v1beta1\nkind: SeccompProfile\nmetadata:\n  name: ${name}\nspec:\n  defaultAction: SCMP_ACT_ERRNO\n`;

const noProgram = {
  exec: () => Promise.reject(new Error('no program runs here')),
  program: (name: string) => Promise.reject(new ProgramError(`no ${name}`, 'install it')),
};
const read = (content: Record<string, string>, paths = ['/w'], root = '/w'): Promise<SeccompTree> =>
  readSeccompTree(memoryFiles(content), root, paths, noProgram);
const ids = async (content: Record<string, string>, paths?: string[]): Promise<string[]> =>
  (await read(content, paths)).findings.map(({ rule }) => rule.id);
const files = ({ profiles }: SeccompTree): string[] => [...profiles.keys()];

describe('the profiles of a tree', () => {
  it('are those that services name, relative to the Compose file', async () => {
    const tree = await read({
      '/w/deploy/compose.yaml': compose('seccomp=p.json'),
      '/w/deploy/p.json': text,
      '/w/package.json': '{}',
    });
    expect(tree.findings).toEqual([]);
    expect(files(tree)).toEqual(['deploy/p.json']);
    expect(serviceTable(tree).rows).toEqual([['service/web', 'deploy/compose.yaml:2', 'deploy/p.json']]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['one that lies about', { '/w/x/p.json': text }, ['x/p.json']],
    ['whatever lies in a folder called seccomp', { '/w/seccomp/p.json': '{}' }, ['seccomp/p.json']],
    ['a custom resource', { '/w/web.yaml': resource('web') }, ['web.yaml']],
    ['not the template of one', { '/w/web.yaml': resource('"{{ .Release.Name }}"') }, []],
    ['no other JSON, and no dependencies', { '/w/package.json': '{}', '/w/node_modules/a/seccomp.json': '{}' }, []],
    ["nothing of Slipway's own runs", { '/w/.slipway/seccomp-validate/report.json': '{}' }, []],
    ['in a folder whose name only starts like the way out', { '/w/..cache/p.json': text }, ['..cache/p.json']],
  ])('are %s', async (_, content, expected) => {
    const tree = await read(content);
    expect([files(tree), tree.findings]).toEqual([expected, []]);
  });

  it('are not all JSON of a workspace whose own folder is called seccomp', async () => {
    const content = { '/seccomp-lab/package.json': '{}', '/seccomp-lab/p.json': text };
    expect(files(await read(content, ['/seccomp-lab'], '/seccomp-lab'))).toEqual(['p.json']);
  });

  it('are those that are given by name, whatever is in them', async () => {
    expect(files(await read({ '/w/a.json': '{}' }, ['/w/a.json']))).toEqual(['a.json']);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['is too large', { '/w/seccomp.json': `"${'x'.repeat(1024 * 1024)}"` }, ['seccomp/unreadable']],
    [
      'is a link out of the workspace',
      { '/w/compose.yaml': compose('seccomp=p.json'), '/w/p.json': '-> /secret', '/secret': text },
      ['seccomp/profile-missing'],
    ],
    ['is not there', { '/w/compose.yaml': compose('seccomp=none.json') }, ['seccomp/profile-missing']],
    ['is a folder', { '/w/compose.yaml': compose('seccomp=p'), '/w/p/x': '' }, ['seccomp/profile-missing']],
  ])('one that %s is a finding', async (_, content, expected) => expect(await ids(content)).toEqual(expected));
});

it('a path that is not there is a finding, beside others that are', async () => {
  const content = { '/w/seccomp/p.json': text };
  expect(await ids(content, ['/w/seccomp', '/w/secomp'])).toEqual(['seccomp/unreadable']);
  expect(await ids(content, ['/w/seccomp'])).toEqual([]);
});

describe("a profile of the node's", () => {
  const named = async (path: string, content: Record<string, string>): Promise<string | undefined> => {
    const tree = await read({ '/w/pod.yaml': pod(path), ...content });
    const [service] = tree.services;
    const [finding] = tree.findings;
    return finding?.rule.id ?? (service && tree.profileOf.get(service));
  };

  it.each<[string, string, Record<string, string>, string]>([
    [
      'lies here under the same path',
      'profiles/web.json',
      { '/w/seccomp/profiles/web.json': text },
      'seccomp/profiles/web.json',
    ],
    [
      'is a custom resource of that name',
      'operator/web.json',
      { '/w/web.yaml': resource('web'), '/w/api.yaml': resource('api') },
      'web.yaml',
    ],
    ['is one in a namespace', 'operator/shop/web.json', { '/w/web.yaml': resource('web') }, 'web.yaml'],
  ])('%s', async (_, path, content, expected) => expect(await named(path, content)).toBe(expected));

  it.each<[string, string, Record<string, string>]>([
    ['is not here', 'profiles/web.json', {}],
    ['only ends like one that is', 'web.json', { '/w/seccomp/myweb.json': text }],
    ['may be either of two', 'web.json', { '/w/seccomp/a/web.json': text, '/w/seccomp/b/web.json': text }],
    ['is a custom resource that is not here', 'operator/web.json', { '/w/api.yaml': resource('api') }],
  ])('that %s is inconclusive', async (_, path, content) =>
    expect(await named(path, content)).toBe('seccomp/localhost-profile-unknown'),
  );
});
