import { ProgramError, type Clock, type Exec, type ExecResult, type Http } from '../effects/effects.ts';

/** Where programs are built or installed on a developer's machine or in a test; no action uses it. */
export interface Workshop {
  readonly exec: Exec;
  readonly http: Http;
  readonly clock: Clock;
  /** Root of this repository. */
  readonly root: string;
  /** Environment of the programs that build and install. */
  readonly env: Readonly<Record<string, string>>;
  /** Tells the user how far things are. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const beatMilliseconds = 30_000;

/**
 * Says what is begun and how long it takes, every half minute how far it is, and how long it took.
 * @param seconds estimate
 */
export async function withProgress<T>(
  what: string,
  seconds: number,
  { say, clock }: Workshop,
  work: () => Promise<T>,
): Promise<T> {
  const started = clock.now().getTime();
  const elapsed = (): number => Math.round((clock.now().getTime() - started) / 1000);
  say(`${what}, about ${seconds} s …`);
  const beat = setInterval(() => say(`${what}: ${elapsed()} s of about ${seconds} s`), beatMilliseconds);
  try {
    const result = await work();
    say(`${what}: done in ${elapsed()} s`);
    return result;
  } finally {
    clearInterval(beat);
  }
}

const shownLines = 20;

/** Refuses a command that did not end well, with the end of what it said. */
export function mustSucceed(what: string, { code, signal, stdout, stderr }: ExecResult, fix: string): void {
  if (code === 0) return;
  const ending = code === null ? `was ended by ${signal ?? 'a signal'}` : `ended with code ${code}`;
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-shownLines).join('\n');
  throw new ProgramError(
    `${what} ${ending}:\n${said}`,
    code === null ? 'It was stopped from outside: run it again.' : fix,
  );
}
