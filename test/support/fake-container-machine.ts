import type { Exec, ExecResult } from '../../src/effects/effects.ts';
import type { EnforceEffects } from '../../src/seccomp/enforce/start.ts';
import { memoryFiles } from './memory-files.ts';

/** A program of a machine that is not there: what it calls, and what becomes of it without some of that. */
export interface FakeProgram {
  readonly calls: readonly string[];
  /** It ends with 1 at once when one of these is denied. */
  readonly fatal: readonly string[];
  /** It ends with 9 instead of 0 when one of these is denied. */
  readonly degraded?: readonly string[];
  readonly ignoresStop?: boolean;
  readonly failsAlways?: boolean;
  readonly exercise?: number;
  /** AUDIT_ARCH of its calls, in hex; theirs are numbers of x86_64 all the same. */
  readonly audit?: string;
}

interface OciSeccomp {
  readonly defaultAction: string;
  readonly syscalls: readonly {
    readonly names: readonly string[];
    readonly action: string;
    readonly args: readonly object[];
  }[];
}

interface Running {
  readonly profile: OciSeccomp | undefined;
  end(code: number): void;
}

const ended = (code: number, stdout = '', stderr = ''): ExecResult => ({
  code,
  signal: null,
  stdout,
  stderr,
  timedOut: false,
  truncated: false,
});

/** Conditions on arguments never hold for its programs. */
function actionOn(profile: OciSeccomp, call: string): string {
  const rule = profile.syscalls.find(({ names, args }) => names.includes(call) && args.length === 0);
  return (rule?.action ?? profile.defaultAction).replace('SCMP_ACT_', '');
}

/**
 * A machine on which one container runs at a time, by an OCI runtime or by an engine. It understands the commands that Slipway gives and no
 * others; `commands` holds them.
 * @param log what the kernel's log gives: the records, nothing, or no permission to read it
 */
export function fakeContainerMachine(
  program: FakeProgram,
  log: 'records' | 'lost' | 'empty' | 'closed' = 'records',
): { effects: EnforceEffects; commands: string[][]; files: Record<string, string> } {
  const content: Record<string, string> = {};
  const files = memoryFiles(content);
  const commands: string[][] = [];
  let running: Running | undefined;
  let last: Running | undefined;
  let stopLog: (() => void) | undefined;

  const run = (
    profile: OciSeccomp | undefined,
    refused: (reason: string) => void,
    done: () => void,
  ): Promise<ExecResult> =>
    new Promise((resolve) => {
      const isDenied = (call: string): boolean =>
        profile !== undefined && !['ALLOW', 'LOG'].includes(actionOn(profile, call));
      const end = (code: number): void => {
        if (running !== container) return;
        running = undefined;
        done();
        resolve(ended(code, '', 'the end'));
      };
      const container: Running = {
        profile,
        end: (code) => end(code === 0 && (program.degraded ?? []).some(isDenied) ? 9 : code),
      };
      running = container;
      last = container;
      if (profile?.defaultAction === 'SCMP_ACT_WHAT') {
        refused('unknown action');
        end(125);
      } else if (program.failsAlways === true || program.fatal.some(isDenied)) setImmediate(() => end(1));
    });
  const signal = (name: string | undefined): void => {
    if (name === 'KILL') running?.end(137);
    else if (program.ignoresStop !== true) running?.end(0);
  };
  const listening = '  0: 0100007F:1F90 00000000:0000 0A 00000000:00000000\n';
  const records = (): string =>
    ['execve', ...program.calls]
      .filter((call) => last?.profile === undefined || actionOn(last.profile, call) === 'LOG')
      .map(
        (call) =>
          `${call === 'execve' ? 'c000003e' : (program.audit ?? 'c000003e')} ${{ execve: 59, read: 0, write: 1, openat: 257, rmdir: 84, clone3: 435 }[call] ?? 999} "app"\n`,
      )
      .join('');

  const beside = (words: readonly string[]): ExecResult => {
    if (running === undefined) return ended(1);
    const at = words.findIndex((word) => ['kill', 'exec', 'cat', 'fetch', 'exercise', '/node'].includes(word));
    const [word, id, argument] = words.slice(at);
    if (word === 'cat' && id?.endsWith('/status'))
      return ended(0, `Seccomp_filters:\t${running.profile === undefined ? 0 : 1}\n`);
    if (word === 'cat') return ended(0, listening);
    if (word === 'exercise') return ended(program.exercise ?? 0);
    if (word === 'kill') signal(argument);
    return ended(0);
  };
  const engine = (words: readonly string[]): Promise<ExecResult> | ExecResult => {
    const [verb, ...rest] = words;
    const option = (name: string): string => rest[rest.indexOf(name) + 1] ?? '';
    if (verb === 'run') {
      const file = rest.find((word) => word.startsWith('seccomp='))?.slice('seccomp='.length) ?? '';
      const profile = file === 'unconfined' ? undefined : (JSON.parse(content[file] ?? '') as OciSeccomp);
      return run(
        profile,
        (reason) => (content['/state-error'] = reason),
        () => undefined,
      );
    }
    if (verb === 'inspect' && rest.includes('{{.State.Pid}}')) return ended(0, running === undefined ? '0\n' : '77\n');
    if (verb === 'inspect') return ended(0, `${content['/state-error'] ?? ''}\n`);
    if (verb === 'kill') signal(option('--signal'));
    if (verb === 'exec') return ended(running === undefined ? 1 : 0);
    return ended(0, verb === 'logs' ? 'said by the program\n' : '');
  };

  const exec: Exec = async (word, args) => {
    await Promise.resolve();
    const words = [word, ...args];
    commands.push(words);
    const script = args[1] ?? '';
    if (word === 'sh' && script.includes('printk_ratelimit')) {
      if (log === 'closed') return ended(1);
      content[args[4] ?? ''] = '';
      await new Promise<void>((resolve) => (stopLog = resolve));
      return ended(log === 'lost' ? 4 : 0, log === 'empty' ? '' : records());
    }
    if (word === 'sh' && script.includes('/dev/kmsg')) {
      stopLog?.();
      return ended(0);
    }
    if (word === 'setpriv') {
      const at = args.lastIndexOf('sh') + 1;
      const folder = args[at] ?? '';
      const { linux } = JSON.parse(content[`${folder}/config.json`] ?? '') as { linux: { seccomp?: OciSeccomp } };
      content[`${folder}/pid`] = '70\n';
      const done = (): void => void (content[`${folder}/output`] = 'said by the program\n');
      content[`${folder}/first`] = '2';
      return run(
        linux.seccomp,
        (reason) => {
          Reflect.deleteProperty(content, `${folder}/first`);
          content[`${folder}/runtime.log`] = `{"level":"error","msg":"${reason}"}\nno JSON\n`;
        },
        done,
      );
    }
    if (word === 'ls') return ended(0, 'bin\nproc\nusr\n');
    const at = words.indexOf('/usr/bin/docker');
    if (at !== -1) return engine(words.slice(at + 1));
    return beside(words);
  };
  let time = 0;
  const clock = {
    now: () => new Date(time),
    sleep: async (milliseconds: number) => {
      time += milliseconds;
      await new Promise(setImmediate);
    },
  };
  return { effects: { exec, files, clock, temp: '/temp', node: '/node' }, commands, files: content };
}
