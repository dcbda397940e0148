import { describe, expect, it } from '@jest/globals';
import { treeOf } from '../../../test/support/seccomp-tree.ts';
import { changedProfiles } from './pairs.ts';

const dockerDefault = '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[]}';
const [strict, loose] = ['strict', 'loose'].map(
  (name) =>
    `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["${name}"],"action":"SCMP_ACT_ALLOW","comment":""}]}`,
) as [string, string];
type Files = Readonly<Record<string, string>>;

const compose = (lines: string, name = 'web'): string => `services:\n  ${name}:\n    image: web\n    ${lines}\n`;
const under = (profile: string): string => `security_opt: ["seccomp=${profile}"]`;
const pod = (context: string): Files => ({
  'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - name: app\n      securityContext: ${context}\n`,
});

/** Every pair as `before -> after: users`. */
async function pairs(base: Files, head: Files): Promise<string[]> {
  const [before, after] = await Promise.all([treeOf(base), treeOf(head)]);
  return changedProfiles(before, after, dockerDefault).map(
    (pair) => `${pair.before.name} -> ${pair.after.name}: ${pair.users.join(', ')}`,
  );
}

describe('what is compared on a pull request', () => {
  it('is the profile of a service, once for all that share it', async () => {
    const two = `services:\n  web: { image: web, ${under('p.json')} }\n  api: { image: api, ${under('p.json')} }\n`;
    expect(await pairs({ 'compose.yaml': two, 'p.json': strict }, { 'compose.yaml': two, 'p.json': loose })).toEqual([
      'p.json -> p.json: service/web, service/api',
    ]);
  });

  it.each<[string, Files, Files, string[]]>([
    [
      'moves to another profile',
      { 'compose.yaml': compose(under('a.json')), 'a.json': strict, 'b.json': loose },
      { 'compose.yaml': compose(under('b.json')), 'a.json': strict, 'b.json': loose },
      ['a.json -> b.json: service/web'],
    ],
    [
      'moves to another file with the same text',
      { 'compose.yaml': compose(under('a.json')), 'a.json': strict },
      { 'compose.yaml': compose(under('b.json')), 'b.json': strict },
      [],
    ],
    [
      'adds a capability, for which rules of the same profile may count',
      { 'compose.yaml': compose(under('a.json')), 'a.json': strict },
      { 'compose.yaml': compose(`cap_add: [SYS_ADMIN]\n    ${under('a.json')}`), 'a.json': strict },
      ['a.json -> a.json: service/web'],
    ],
    [
      'becomes unconfined',
      { 'compose.yaml': compose(under('a.json')), 'a.json': strict },
      { 'compose.yaml': compose(under('unconfined')), 'a.json': strict },
      ['a.json -> no filter: service/web'],
    ],
    [
      'becomes privileged, which takes the default away from it',
      { 'compose.yaml': compose('read_only: true') },
      { 'compose.yaml': compose('privileged: true') },
      ["the runtime's default -> no filter: service/web"],
    ],
    [
      'becomes privileged beside a profile, which engines honour or not: its privilege is a finding of its own',
      { 'compose.yaml': compose(under('a.json')), 'a.json': strict },
      { 'compose.yaml': compose(`${under('a.json')}\n    privileged: true`), 'a.json': strict },
      [],
    ],
    [
      'loses its profile, and has the default of the engine',
      { 'compose.yaml': compose(under('a.json')), 'a.json': strict },
      { 'compose.yaml': compose('read_only: true'), 'a.json': strict },
      ["a.json -> the runtime's default: service/web"],
    ],
    [
      'is new',
      { 'compose.yaml': compose('read_only: true') },
      { 'compose.yaml': compose('read_only: true') + '  new: { image: new, security_opt: ["seccomp=unconfined"] }\n' },
      [],
    ],
  ])('a Compose service that %s', async (_, base, head, expected) => expect(await pairs(base, head)).toEqual(expected));

  it.each<[string, Files, Files, string[]]>([
    [
      'loses RuntimeDefault: a cluster gives it no filter unless it is told to',
      pod('{ seccompProfile: { type: RuntimeDefault } }'),
      pod('{ readOnlyRootFilesystem: true }'),
      ["the runtime's default -> no filter: pod/web container/app"],
    ],
    [
      'gets a profile in place of RuntimeDefault',
      pod('{ seccompProfile: { type: RuntimeDefault } }'),
      { ...pod('{ seccompProfile: { type: Localhost, localhostProfile: p.json } }'), 'p.json': loose },
      ["the runtime's default -> p.json: pod/web container/app"],
    ],
    [
      'becomes privileged, which Kubernetes answers with no filter at all',
      { ...pod('{ seccompProfile: { type: Localhost, localhostProfile: p.json } }'), 'p.json': strict },
      {
        ...pod('{ privileged: true, seccompProfile: { type: Localhost, localhostProfile: p.json } }'),
        'p.json': strict,
      },
      ['p.json -> no filter: pod/web container/app'],
    ],
  ])('a container that %s', async (_, base, head, expected) => expect(await pairs(base, head)).toEqual(expected));

  it.each<[string, Files, Files, string[]]>([
    ['nobody uses', { 'p.json': strict }, { 'p.json': loose }, ['p.json -> p.json: p.json']],
    ['is new', { 'README.md': '' }, { 'p.json': loose }, []],
    ['did not change', { 'p.json': strict }, { 'p.json': strict }, []],
    [
      'only a renamed service uses: a new name hides no loosening',
      { 'compose.yaml': compose(under('p.json')), 'p.json': strict },
      { 'compose.yaml': compose(under('p.json'), 'shop'), 'p.json': loose },
      ['p.json -> p.json: p.json'],
    ],
  ])('a file that %s', async (_, base, head, expected) => expect(await pairs(base, head)).toEqual(expected));
});
