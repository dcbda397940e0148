import { describe, expect, it } from '@jest/globals';
import { readDocuments } from './document.ts';
import type { Environment } from './profile.ts';
import { readingOf } from './runtime.ts';

const docker: Environment = {
  loader: 'moby',
  runtime: 'runc 1.3.6',
  host: 'x86_64',
  kernel: [6, 8],
  capabilities: new Set(),
  libseccomp: '2.6.1',
};
const profile = { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [{ names: ['mkdir'], action: 'SCMP_ACT_ALLOW' }] };
const bundle = (seccomp?: object): string => JSON.stringify({ ociVersion: '1.2.1', linux: { seccomp } });
const resource = (version: string, name: string, spec: string): string => `
apiVersion: security-profiles-operator.x-k8s.io/${version}
kind: SeccompProfile
metadata:
  name: ${name}
spec:
${spec.replace(/^/gm, '  ')}`;
const spec = `defaultAction: SCMP_ACT_ERRNO
architectures: [SCMP_ARCH_X86_64]
syscalls:
- action: SCMP_ACT_ALLOW
  names:
  - mkdir
  args: [{ index: 1, value: 9223372036854775807, op: SCMP_CMP_EQ }]`;
const outcomes = (text: string, environment = docker) =>
  readDocuments(text).map((one) => readingOf(one, environment).outcome.kind);

describe('the format of a file', () => {
  it.each<[string, string, string[], string[]]>([
    ['a profile', JSON.stringify(profile), ['profile'], ['filter']],
    ['config.json of a bundle', bundle(profile), ['runtime-config'], ['filter']],
    ['config.json without seccomp', bundle(), ['runtime-config'], ['unconfined']],
    ['a custom resource of v1', resource('v1', 'a', spec), ['custom-resource'], ['filter']],
    [
      'a custom resource in JSON',
      JSON.stringify({
        apiVersion: 'security-profiles-operator.x-k8s.io/v1beta1',
        kind: 'SeccompProfile',
        spec: profile,
      }),
      ['custom-resource'],
      ['filter'],
    ],
    [
      'a stream of resources',
      `kind: Pod\n---${resource('v1beta1', 'a', spec)}\n---${resource('v1', 'b', 'defaultAction: SCMP_ACT_DENY')}`,
      ['custom-resource', 'custom-resource'],
      ['filter', 'refused'],
    ],
    ['another manifest', 'kind: Pod', ['profile'], ['refused']],
    ['a byte order mark', `\ufeff${JSON.stringify(profile)}`, ['profile'], ['refused']],
    ['nothing', ' ', ['profile'], ['refused']],
    ['10,000 lists in each other', '['.repeat(10_000), ['profile'], ['refused']],
    ['no YAML', 'a: b: c', ['profile'], ['refused']],
  ])('%s', (_, text, formats, kinds) => {
    expect(readDocuments(text).map(({ format }) => format)).toEqual(formats);
    expect(outcomes(text)).toEqual(kinds);
  });

  it('a bundle goes to the runtime, which sees what Docker would leave out', () => {
    const rules = [{ ...profile.syscalls[0], includes: { caps: ['CAP_BPF'] } }];
    const [document] = readDocuments(bundle({ ...profile, syscalls: rules }));
    const reading = readingOf(document!, docker);
    expect(reading.loaded?.syscalls).toHaveLength(1);
  });

  it('whole numbers of YAML stay exact', () => {
    const [document] = readDocuments(resource('v1', 'a', spec));
    expect(readingOf(document!, docker).loaded?.syscalls[0]?.args[0]?.value).toBe(9223372036854775807n);
  });
});

it('a comma before a closing bracket is forgiven by crun 1.28 alone, and moves nothing', () => {
  const text = `{"defaultAction": "SCMP_ACT_ERRNO",\n "syscalls": [{"names": ["mkdir",], "action": "SCMP_ACT_ALLOW"},],}`;
  expect(outcomes(text)).toEqual(['refused']);
  expect(outcomes(text, { ...docker, loader: 'none', runtime: 'crun 1.8.1' })).toEqual(['refused']);
  const [document] = readDocuments(text);
  const crun = readingOf(document!, { ...docker, loader: 'none', runtime: 'crun 1.28' });
  expect(crun.loaded?.syscalls[0]?.source).toMatchObject({ line: 2, column: 15 });
});

describe('a refusal names the place', () => {
  it.each<[string, object, [number, number]]>([
    ['an action', { action: 'SCMP_ACT_DENY' }, [2, 1]],
    ['an operator', { action: 'SCMP_ACT_ALLOW', args: [{ index: 0, value: 1, op: 'LIKE' }] }, [2, 54]],
    ['a type', { action: 'SCMP_ACT_ALLOW', errnoRet: 'EPERM' }, [2, 57]],
  ])('%s', (_, rule, [line, column]) => {
    const text = `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[\n${JSON.stringify({ names: ['mkdir'], ...rule })}]}`;
    const [document] = readDocuments(text);
    const { outcome } = readingOf(document!, docker);
    expect(outcome).toMatchObject({ kind: 'refused', position: { line, column } });
  });
});
