import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allowList, lenientPolicy } from '../../../test/support/judged-profile.ts';
import { treeOf } from '../../../test/support/seccomp-tree.ts';
import type { SeccompPolicy } from '../policy.ts';
import { judgeTree, profileTable, serviceTable, type JudgedTree } from './judge-tree.ts';

const dockerDefault = readFileSync('policies/seccomp/docker-default.json', 'utf8');
const policy: SeccompPolicy = {
  ...lenientPolicy,
  targets: ['docker', 'podman'],
  profiles: { ...lenientPolicy.profiles, 'dangerous-calls': ['mount'] },
};
const clean = JSON.stringify(allowList());
const withMount = JSON.stringify(allowList([{ names: ['mount'], action: 'SCMP_ACT_ALLOW' }]));
const mountForAdmins = JSON.stringify(
  allowList([{ names: ['mount'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['CAP_SYS_ADMIN'] } }]),
);

async function judge(files: Readonly<Record<string, string>>): Promise<JudgedTree> {
  return judgeTree(await treeOf(files), policy, dockerDefault);
}
const dangerous = async (files: Readonly<Record<string, string>>): Promise<(string | undefined)[]> =>
  (await judge(files)).findings
    .filter(({ rule }) => rule.id === 'seccomp/dangerous-call')
    .map(({ place }) => place?.file);

describe('the profiles of a tree', () => {
  it('are judged each, at their own file', async () => {
    const files = { 'seccomp/a.json': clean, 'seccomp/b.json': withMount };
    expect([...(await judge(files)).summaries.keys()]).toEqual(['seccomp/a.json', 'seccomp/b.json']);
    expect(await dangerous(files)).toEqual(['seccomp/b.json']);
  });

  it.each<[string, string, string[]]>([
    ['nobody adds the capability', '[]', []],
    ['a service adds it', '[SYS_ADMIN]', ['p.json']],
    ['a service adds all', '[ALL]', ['p.json']],
    ['a service adds another one', '[NET_ADMIN]', []],
  ])('mean what the capabilities of their services make of them: %s', async (_, added, expected) => {
    const compose = `services:\n  web: { image: web, cap_add: ${added}, security_opt: [seccomp=p.json] }\n  api: { image: api, cap_add: [SYS_ADMIN] }\n`;
    expect(await dangerous({ 'compose.yaml': compose, 'p.json': mountForAdmins })).toEqual(expected);
  });
});

describe('the tables', () => {
  it('of services say where each is defined, and what it runs under', async () => {
    const compose = (option: string): string => `    image: web\n    security_opt: ["${option}"]\n`;
    const tree = await treeOf({
      'compose.yaml': `services:\n  web:\n${compose('seccomp=p.json')}  api:\n${compose('seccomp=unconfined')}  old:\n${compose('seccomp=gone.json')}  plain: { image: plain }\n`,
      'p.json': clean,
    });
    expect(serviceTable(tree).rows).toEqual([
      ['service/web', 'compose.yaml:2', 'p.json'],
      ['service/api', 'compose.yaml:5', 'unconfined'],
      ['service/old', 'compose.yaml:8', 'gone.json (not read)'],
      ['service/plain', 'compose.yaml:11', 'none'],
    ]);
  });

  it('of profiles say what each lets through, who refuses it, and who takes it for none', async () => {
    const resource = `apiVersion: security-profiles-operator.x-k8s.io/v1beta1\nkind: SeccompProfile\nmetadata: { name: web }\nspec: { defaultAction: SCMP_ACT_ERRNO, syscalls: [{ names: [read, write], action: SCMP_ACT_ALLOW }] }\n`;
    const { summaries } = await judge({
      'seccomp/web.yaml': resource,
      'seccomp/none.json': '{}',
      'seccomp/wrong.json': '{"defaultAction":"SCMP_ACT_DENY","syscalls":[]}',
    });
    expect(profileTable(summaries).rows).toEqual([
      ['seccomp/none.json', '', '', '', 'docker, podman'],
      ['seccomp/web.yaml (web)', 'SCMP_ACT_ERRNO', '2 x86_64', '', ''],
      ['seccomp/wrong.json', 'SCMP_ACT_DENY', '', 'docker, podman', ''],
    ]);
  });
});
