import { constants } from 'node:os';
import type { BareProfile } from '../loading/profile.ts';
import { openContainer, type Container, type Ended, type Observation } from './container.ts';
import { openEngineContainer } from './engine.ts';
import { countFilters, isReady } from './ready.ts';
import type { EnforceEffects, Runtime, Start, StartOutcome, StartResult } from './start.ts';

const pause = 20;
/** Milliseconds that making and removing a container may take besides the times of the start. */
const allowance = 30_000;

/** How a program's time in its container ended. */
type Course = 'ended-itself' | 'not-ready' | 'stopped' | 'did-not-stop';

/**
 * Starts a program under a profile, waits until it is ready, keeps it for a while, and stops it. Nothing of it is left afterwards.
 * @param profile what the loader made of the profile; undefined for no filter
 * @param observation what is to be seen of its calls meanwhile
 */
export async function startUnder(
  effects: EnforceEffects,
  runtime: Runtime,
  start: Start,
  profile: BareProfile | undefined,
  observation: Observation = {},
): Promise<StartResult> {
  const now = (): number => effects.clock.now().getTime();
  const began = now();
  const limit = start.readyWithin + start.steadyFor + start.stopWithin + allowance;
  const isEngine = runtime.name === 'docker' || runtime.name === 'podman';
  const container = await (isEngine ? openEngineContainer : openContainer)(effects, runtime, start, profile, {
    ...observation,
    limit,
  });
  try {
    const wasReady = await until(effects, container, start.readyWithin, () => isReady(effects, container, start.ready));
    const readyAfter = wasReady ? now() - began : undefined;
    // The filter is loaded last of all, so only a program that is ready surely has it.
    const filters = wasReady ? await countFilters(container) : undefined;
    const course = wasReady ? await keepAndStop(effects, container, start) : missed(container);
    await container.kill();
    const ended = await container.ended;
    const { name, version, path } = runtime;
    return {
      runtime: { name, version, path },
      ...judge(start, course, ended),
      filters,
      readyAfter,
      took: now() - began,
      output: ended.output,
      refusal: ended.refusal,
    };
  } finally {
    await container.kill();
  }
}

function missed(container: Container): Course {
  return container.isOver() ? 'ended-itself' : 'not-ready';
}

async function keepAndStop(effects: EnforceEffects, container: Container, start: Start): Promise<Course> {
  if (start.exercise === undefined) await until(effects, container, start.steadyFor, () => Promise.resolve(false));
  else {
    const done = await container.beside(start.exercise, { network: true, timeout: start.steadyFor });
    if (done?.code !== 0 && !container.isOver()) return 'not-ready';
  }
  if (start.steadyFor > 0 && !container.isOver() && !(await isReady(effects, container, start.ready)))
    return 'not-ready';
  if (container.isOver()) return 'ended-itself';
  await container.signal(start.stopSignal);
  await until(effects, container, start.stopWithin, () => Promise.resolve(false));
  return container.isOver() ? 'stopped' : 'did-not-stop';
}

/** Whether something came true before the time was over and before the container ended. */
async function until(
  { clock, signal }: EnforceEffects,
  container: Container,
  within: number,
  isTrue: () => Promise<boolean>,
): Promise<boolean> {
  const deadline = clock.now().getTime() + within;
  while (!container.isOver() && clock.now().getTime() < deadline) {
    if (await isTrue()) return true;
    await clock.sleep(pause, signal);
  }
  return false;
}

function judge({ ready }: Start, course: Course, ended: Ended): Pick<StartResult, 'outcome' | 'exit'> {
  if (ended.refusal !== '') return { outcome: 'runtime-refused', exit: { code: ended.code } };
  const exit = exitOf(ended.code);
  switch (course) {
    case 'stopped':
      return { outcome: 'started', exit };
    case 'not-ready':
    case 'did-not-stop':
      return { outcome: course, exit: null };
    case 'ended-itself': {
      const asWanted = ready.kind === 'exit' && ended.code === ready.code;
      const early: StartOutcome = 'signal' in exit ? 'killed' : 'exited';
      return { outcome: asWanted ? 'started' : early, exit };
    }
  }
}

const signals = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

function exitOf(code: number): { readonly code: number } | { readonly signal: string } {
  const signal = code > 128 ? signals.get(code - 128) : undefined;
  return signal === undefined ? { code } : { signal };
}
