import { describe, expect, it } from '@jest/globals';
import { fakeContainerMachine } from '../../../test/support/fake-container-machine.ts';
import { told } from '../../../test/support/found-services.ts';
import type { Exec } from '../../effects/effects.ts';
import { startSchema } from '../start-schema.ts';
import type { StartCheck } from './check.ts';
import { startOf } from './plan.ts';
import { runStarts, type EnforceMode, type Starts } from './run-starts.ts';

const profile = '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["execve","read"],"action":"SCMP_ACT_ALLOW"}]}';
const check = (name: string, text = profile): StartCheck => {
  const entry = startSchema.parse({ service: name, ready: { port: 8080 }, 'steady-for': '100ms' });
  return {
    resource: `service/${name}`,
    start: startOf(entry, ['app'], undefined, '/w'),
    profile: { file: 'p.json', text },
    loader: 'moby',
  };
};

/** A machine on which these programs are, each of which starts what needs `read` only. */
function run(
  checks: readonly StartCheck[],
  mode: EnforceMode,
  {
    profiled = [],
    programs = ['runc', 'crun'],
    uname = '6.8.0 x86_64',
  }: { profiled?: string[]; programs?: string[]; uname?: string } = {},
): Promise<Starts> {
  const { effects } = fakeContainerMachine({ calls: ['read'], fatal: ['read'] });
  const answer = (stdout: string, code = 0): ReturnType<Exec> =>
    Promise.resolve({ code, stdout, stderr: '', signal: null, timedOut: false, truncated: false });
  const exec: Exec = (program, args, options) => {
    if (program === 'id') return answer('0\n');
    if (program === 'uname') return answer(uname);
    if (args.at(0) === '--version') return answer(`${program} version 1.1.5`);
    if (program !== 'sh' || !args[1]?.includes('command -v')) return effects.exec(program, args, options);
    const name = args.at(-1) ?? '';
    return programs.includes(name) ? answer(`/usr/bin/${name}`) : answer('', 127);
  };
  return runStarts(checks, profiled, mode, { ...effects, exec });
}

describe('nothing is started', () => {
  it.each<[string, EnforceMode, () => Promise<Starts>, string]>([
    ['when nobody wants it', 'off', () => run([check('web')], 'off'), 'not-enforced : `enforce` is off.'],
    [
      'when the policy does not say how',
      'auto',
      () => run([], 'auto'),
      'not-enforced : The policy has no `starts` that say how.',
    ],
    [
      'when the policy does not say how, and it must',
      'require',
      () => run([], 'require'),
      'enforcement-missing : The policy has no `starts` that say how.',
    ],
    [
      'where no runtime is',
      'auto',
      () => run([check('web')], 'auto', { programs: [] }),
      'not-enforced : There is no runtime here that this process may use.',
    ],
    [
      'where no runtime is, and it must',
      'require',
      () => run([check('web')], 'require', { programs: [] }),
      'enforcement-missing : There is no runtime here that this process may use.',
    ],
    [
      'on a machine that the model does not know, and it must',
      'require',
      () => run([check('web')], 'require', { uname: '6.8.0 riscv64' }),
      'enforcement-missing : There is no runtime here that this process may use.',
    ],
  ])('%s, and the report says so', async (_, mode, start, expected) => {
    const { checked, findings, sections, measurements } = await start();
    expect({ checked, sections, measurements }).toEqual({ checked: [], sections: [], measurements: [] });
    expect(told(findings)).toEqual([`seccomp/${expected}`]);
    expect(findings[0]?.rule.outcome).toBe(mode === 'require' ? 'inconclusive' : 'note');
  });
});

describe('services are started', () => {
  it.each<EnforceMode>(['auto', 'require'])('with every runtime when `enforce` is %s', async (mode) => {
    const { checked, findings, sections, measurements } = await run([check('web')], mode, {
      profiled: ['service/web'],
    });
    expect(told(findings)).toEqual([]);
    expect(checked[0]?.runs.map(({ runtime, under }) => [runtime.name, under?.outcome])).toEqual([
      ['runc', 'started'],
      ['crun', 'started'],
    ]);
    expect(sections.map(({ rows }) => rows.length)).toEqual([2]);
    expect(measurements.map(({ name }) => name)).toEqual([
      'service/web under p.json, runc',
      'service/web under p.json, crun',
    ]);
  });

  it('one after the other, and what is wrong with one is told beside the other', async () => {
    const broken = check('api', profile.replace(',"read"', ''));
    const { checked, findings } = await run([check('web'), broken], 'auto');
    expect(checked).toHaveLength(2);
    expect(new Set(findings.map(({ rule, place }) => `${rule.id} ${place?.resource}`))).toEqual(
      new Set(['seccomp/does-not-start service/api']),
    );
  });

  it.each<[EnforceMode, string]>([
    ['auto', 'note'],
    ['require', 'inconclusive'],
  ])('and those that nobody says how to start are told: with `enforce: %s` %s', async (mode, outcome) => {
    const profiled = ['service/web', 'service/api', 'service/worker'];
    const { findings } = await run([check('web')], mode, { profiled });
    expect(findings.map(({ message }) => message)).toEqual([
      'The policy does not say how to start 2 services under their profiles: `service/api`, `service/worker`.',
    ]);
    expect(findings[0]?.rule.outcome).toBe(outcome);
  });
});
