import { observe } from '../enforce/observe.ts';
import type { EnforceEffects, Runtime, Start, StartResult } from '../enforce/start.ts';
import type { Machine } from '../enforce/runtimes.ts';
import { alwaysLogged, loggingAllBut } from '../enforce/variants.ts';
import type { Architecture } from '../syscalls/architectures.ts';
import { architectures } from '../syscalls/architectures.ts';
import { profileText } from './write.ts';

/** What several runs of a program showed. */
export interface Recording {
  /** Names of the calls of the program and its children, sorted; the runtime's own are not among them. */
  readonly names: readonly string[];
  /** Second architectures of the machine that were used. */
  readonly further: readonly Architecture[];
  readonly by: 'kernel log' | 'strace';
  /** Calls that each run added to those before it; a last run that adds nothing says that there were enough. */
  readonly added: readonly (readonly string[])[];
  /** False when even the last run lost records. */
  readonly complete: boolean;
  /** The runs themselves. One that did not start makes the recording worthless, and it is not returned. */
  readonly results: readonly StartResult[];
  /** A profile in Docker's format that allows what was seen. */
  readonly profile: string;
}

export type RecordResult =
  | { readonly recording: Recording }
  /** Why there is none, as a sentence. */
  | { readonly none: string; readonly result?: StartResult };

/** Processes of a runtime between its filter and the program, by the names that the kernel gives them. */
const ofRuntime = /^(?:runc|runc:\[.*|crun|exe|\d+|)$/;
/** Runs beyond those that were asked for, when records were lost. */
const spareRuns = 5;

/**
 * Runs a program several times, from start to stop, and writes a profile from the calls that it made. Each run logs only what the ones before it did
 * not show, so a chatty program's records fit into the kernel's log at the latest in the second run.
 * @param runs how many times; a call that is made now and then needs several
 */
export async function recordProfile(
  effects: EnforceEffects,
  runtime: Runtime,
  machine: Machine,
  start: Start,
  runs: number,
): Promise<RecordResult> {
  const seconds: readonly Architecture[] = machine.host === 'x86_64' ? ['i386', 'x32'] : ['arm'];
  const listed = [machine.host, ...seconds].map((name) => architectures[name].scmp);
  const names = new Set<string>();
  const further = new Set<Architecture>();
  const added: string[][] = [];
  const results: StartResult[] = [];
  let by: Recording['by'] = 'kernel log';
  let complete = false;
  for (let run = 0; run < runs || (!complete && run < runs + spareRuns); run++) {
    const observed = await observe(effects, runtime, start, loggingAllBut([...names], listed), machine.host);
    if (observed === undefined) return { none: "Neither the kernel's log nor strace can be used here." };
    const { result } = observed;
    results.push(result);
    if (result.outcome !== 'started' && result.outcome !== 'did-not-stop')
      return { none: `The program does not start, so what it calls is not known (${result.outcome}).`, result };
    const own = observed.calls.filter(({ program, name }) => name === alwaysLogged || !ofRuntime.test(program));
    const fresh = [...new Set(own.map(({ name }) => name))].filter((name) => !names.has(name)).sort();
    added.push(fresh);
    fresh.forEach((name) => names.add(name));
    own
      .filter(({ architecture }) => architecture !== machine.host)
      .forEach(({ architecture }) => further.add(architecture));
    ({ by, complete } = observed);
  }
  const recorded = { names: [...names].sort(), further: seconds.filter((name) => further.has(name)) };
  const profile = profileText({ ...recorded, host: machine.host });
  return { recording: { ...recorded, by, added, complete, results, profile } };
}
