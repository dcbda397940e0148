/** Profiles enforced by the real runtimes on real programs: what starts, what does not, why, and what repairs it. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkStart, type CheckedStart, type StartCheck } from '../../src/seccomp/enforce/check.ts';
import { findingsOf } from '../../src/seccomp/enforce/findings.ts';
import { observe } from '../../src/seccomp/enforce/observe.ts';
import { enforceRules } from '../../src/seccomp/enforce/rules.ts';
import type { EnforceEffects, Start } from '../../src/seccomp/enforce/start.ts';
import { loggingAllBut } from '../../src/seccomp/enforce/variants.ts';
import { recordProfile } from '../../src/seccomp/record/record.ts';
import { program } from '../support/programs.ts';
import { seccompMachine, type SeccompMachine } from '../support/seccomp-machine.ts';
import {
  gameforgeApi,
  nginx,
  postgresql,
  redis,
  shippedProfiles,
  throughShell,
  usual,
  without,
} from '../support/shipped-profiles.ts';

const minutes = 60_000;
let here: SeccompMachine;
beforeAll(async () => {
  here = await seccompMachine();
}, 5 * minutes);
afterAll(() => here.close());

const say = (name: string, { runs }: CheckedStart): void =>
  runs.forEach(({ runtime, under }) =>
    process.stderr.write(
      `${name} under ${runtime.name} ${runtime.version}: ${under?.outcome}, ready after ${under?.readyAfter} ms, check ${under?.took} ms\n`,
    ),
  );
const readable = ({ runs }: CheckedStart): unknown =>
  runs.map(({ runtime, control, under }) => ({
    runtime: runtime.name,
    control: control.outcome,
    under: under?.outcome,
    filters: (under?.filters ?? 0) - (control.filters ?? 0),
    ...(under?.outcome === 'started' ? {} : { said: [control.output, control.refusal, under?.output, under?.refusal] }),
  }));

const inspect = (
  name: string,
  file: string,
  start: Start,
  text = readFileSync(file, 'utf8'),
): Promise<CheckedStart> => {
  const check: StartCheck = { resource: `service/${name}`, start, profile: { file, text }, loader: 'moby' };
  return checkStart(here.effects, here.runtimes, here.machine, check);
};
const bothStart = ['runc', 'crun'].map((runtime) => ({ runtime, control: 'started', under: 'started', filters: 1 }));

const allowedBy = (text: string): Set<string> => {
  const profile = JSON.parse(text) as { syscalls: { names: string[]; action: string }[] };
  return new Set(profile.syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW').flatMap(({ names }) => names));
};

describe('each shipped profile', () => {
  it.each(shippedProfiles)(
    '$name lets its program start, serve and stop under runc and crun',
    async ({ name, file, start }) => {
      const checked = await inspect(name, file, await start(here.folder));
      say(name, checked);
      expect(readable(checked)).toEqual(bothStart);
      expect(findingsOf(checked)).toEqual([]);
    },
    5 * minutes,
  );

  it.each(shippedProfiles)(
    '$name without $fatal fails with that call named, and the patch repairs it',
    async ({ name, file, start, fatal }) => {
      const whole = readFileSync(file, 'utf8');
      const checked = await inspect(name, file, await start(here.folder), without(whole, fatal));
      say(`${name} without ${fatal}`, checked);
      const findings = findingsOf(checked).map(({ rule, message }) => [rule.id, message]);
      const expected = [enforceRules.doesNotStart.id, expect.stringMatching(new RegExp(`\\b${fatal}\\b`))];
      expect(findings).toEqual([expected, expected]);
      expect(checked.repairs[0]?.repair.fatal).toEqual([fatal]);
      expect(checked.proven?.patch).toMatch(new RegExp(`^\\+ *"${fatal}",?$`, 'm'));
      expect(allowedBy(checked.proven?.text ?? '{}')).toEqual(allowedBy(whole));
    },
    5 * minutes,
  );
});

describe("the example's own profiles", () => {
  // The images of all but the API start through a shell script.
  it.each([
    ['api', gameforgeApi, (start: Start) => start],
    ['nginx', nginx, throughShell],
    ['redis', redis, throughShell],
    ['postgres', postgresql, throughShell],
  ])(
    '%s starts, serves and stops as in its image',
    async (name, start, entry) => {
      const checked = await inspect(name, `examples/gameforge/seccomp/${name}.json`, entry(await start(here.folder)));
      say(`gameforge ${name}`, checked);
      expect(findingsOf(checked)).toEqual([]);
      expect(readable(checked)).toEqual(bothStart);
    },
    5 * minutes,
  );
});

describe('recording', () => {
  const profileOf = (result: Awaited<ReturnType<typeof recordProfile>>): string => {
    if ('none' in result) throw new Error(result.none);
    expect(result.recording.complete).toBe(true);
    return result.recording.profile;
  };

  it(
    'writes a profile under which the program starts with both runtimes, and whose calls are not more than its shipped profile has',
    async () => {
      const start = await redis();
      const text = profileOf(await recordProfile(here.effects, here.crun, here.machine, start, 3));
      const checked = await inspect('redis', 'recorded.json', start, text);
      expect(readable(checked)).toEqual(bothStart);
      const shipped = allowedBy(readFileSync('policies/seccomp/redis.json', 'utf8'));
      expect([...allowedBy(text)].filter((name) => !shipped.has(name))).toEqual([]);
    },
    2 * minutes,
  );

  it(
    'sees with strace what the kernel logs, and leaves the limit of kernel messages as it was',
    async () => {
      const limit = readFileSync('/proc/sys/kernel/printk_ratelimit', 'utf8');
      await program('strace');
      const start: Start = { ...usual, command: ['sh', '-c', 'ls / | wc -l'], ready: { kind: 'exit', code: 0 } };
      const all = loggingAllBut([], ['SCMP_ARCH_X86_64']);
      const withoutLog: EnforceEffects = {
        ...here.effects,
        exec: (name, args, options) =>
          args.some((word) => word.includes('printk_ratelimit'))
            ? here.effects.exec('false', [])
            : here.effects.exec(name, args, options),
      };
      for (const runtime of here.runtimes) {
        const seen = await Promise.all(
          [here.effects, withoutLog].map(async (effects) => {
            const observed = await observe(effects, runtime, start, all, 'x86_64');
            // The runtime's own threads vary from run to run.
            const own = observed?.calls.filter((call) => ['sh', 'ls', 'wc'].includes(call.program)) ?? [];
            return { by: observed?.by, calls: [...new Set(own.map(({ name }) => name))].sort() };
          }),
        );
        expect(seen.map(({ by }) => by)).toEqual(['kernel log', 'strace']);
        expect(seen[0]?.calls).toContain('openat');
        expect(seen[1]?.calls).toEqual(seen[0]?.calls);
      }
      expect(readFileSync('/proc/sys/kernel/printk_ratelimit', 'utf8')).toBe(limit);
    },
    2 * minutes,
  );
});

it(
  "runs an image's unpacked files, whatever their folder is called, and leaves them as they are",
  async () => {
    const folder = join(here.folder, 'image: a,b');
    mkdirSync(folder);
    copyFileSync(await program('etcd'), join(folder, 'etcd'));
    const start: Start = {
      ...usual,
      command: ['/etcd', '--version'],
      rootfs: { folder },
      ready: { kind: 'exit', code: 0 },
    };
    const checked = await inspect('image', 'policies/seccomp/go-service.json', start);
    expect(findingsOf(checked)).toEqual([]);
    expect(checked.runs.map(({ under }) => under?.output.split('\n')[0])).toEqual(
      Array(2).fill(expect.stringMatching(/^etcd Version: /)),
    );
    expect(readdirSync(folder)).toEqual(['etcd']);
  },
  5 * minutes,
);
