import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { architectureOf, type Architecture } from '../syscalls/architectures.ts';
import { nameOf } from '../syscalls/lookup.ts';
import type { EnforceEffects } from './start.ts';

/** One call that a filter logged. `program` is the name of the process, as the kernel cuts it to 15 characters. */
export interface LoggedCall {
  readonly name: string;
  readonly architecture: Architecture;
  readonly program: string;
}

export interface KernelLog {
  /** Login id that the processes must have whose records are wanted. */
  readonly login: number;
  /** Ends the reading. `complete` is false when the kernel dropped records or could not be read to the end. */
  stop(): Promise<{ readonly calls: readonly LoggedCall[]; readonly complete: boolean }>;
}

/**
 * Streams the kernel's log from a mark to a mark: a dump afterwards would lose what the ring buffer no longer holds. The rate limit of kernel
 * messages, which keeps 10 records in 5 seconds, is lifted meanwhile and put back; a lock keeps two readers from undoing each other.
 * sed's buffer takes one record a read; a reader that is too slow gets an error (Documentation/ABI/testing/dev-kmsg), and so do we.
 */
const readerScript = `
login=$1 ready=$2
limit=/proc/sys/kernel/printk_ratelimit
exec 9> /run/lock/slipway-kernel-log || exit 1
flock 9 || exit 1
before=$(cat $limit) || exit 1
trap 'echo "$before" > $limit' EXIT
trap 'exit 143' TERM INT HUP
echo 0 > $limit || exit 1
echo "slipway-$login-start" > /dev/kmsg || exit 1
: > "$ready"
sed -n -e "0,/slipway-$login-start/d" -e "/slipway-$login-end/q" \\
  -e 's/.*audit: .*\\(backlog limit exceeded\\|callbacks suppressed\\).*/lost/p' \\
  -e "s/.*type=1326 .*auid=$login .* comm=\\([^ ]*\\) .* arch=\\([0-9a-f]*\\) syscall=\\([0-9]*\\) .*/\\2 \\3 \\1/p" /dev/kmsg
`;
/** The kernel's audit thread may lag behind the calls. */
const endScript = 'sleep 0.2; echo "slipway-$1-end" > /dev/kmsg';

const maxOutput = 64 * 1024 * 1024;

/**
 * Begins to read the records of filters; undefined where the log cannot be read.
 * @param limit milliseconds after which the reading ends by itself
 */
export async function readKernelLog(
  { exec, files, clock, temp }: EnforceEffects,
  asRoot: readonly string[],
  limit: number,
): Promise<KernelLog | undefined> {
  // 32 bits are free; 0 means none here, and the largest number means none to the kernel.
  const login = randomInt(1_000_000, 2 ** 31);
  const ready = join(temp, `kernel-log-${login}`);
  const run = (script: string, args: readonly string[], timeout: number): ReturnType<typeof exec> => {
    const [program = '', ...rest] = [...asRoot, 'sh', '-c', script, 'sh', ...args];
    return exec(program, rest, { timeout, maxOutput });
  };
  const state = { over: false };
  const reading = run(readerScript, [String(login), ready], limit).finally(() => {
    state.over = true;
  });
  reading.catch(() => undefined);
  while (!state.over && (await files.kind(ready)) === 'missing') await clock.sleep(10);
  await files.remove(ready);
  if (state.over) return undefined;
  return {
    login,
    stop: async () => {
      await run(endScript, [String(login)], 10_000);
      const { code, stdout, truncated } = await reading;
      const lines = stdout.split('\n').filter((line) => line !== '');
      const complete = code === 0 && !truncated && !lines.includes('lost');
      return { calls: lines.flatMap((line) => readRecord(line) ?? []), complete };
    },
  };
}

/** `c000003e 257 "node"`; a name with unusual characters is written in hex by the kernel. */
export function readRecord(line: string): LoggedCall | undefined {
  const [, arch = '', number = '', written = ''] = /^([0-9a-f]+) (\d+) (.*)$/.exec(line) ?? [];
  const architecture = architectureOf(parseInt(arch, 16), Number(number));
  const name = architecture && nameOf(Number(number), architecture);
  if (architecture === undefined || name === undefined) return undefined;
  const quoted = /^"(.*)"$/.exec(written)?.[1];
  return { name, architecture, program: quoted ?? Buffer.from(written, 'hex').toString('latin1') };
}
