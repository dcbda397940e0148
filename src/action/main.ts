import { catalog } from './catalog.ts';
import { runMain, runPost } from './frame.ts';
import { githubHost } from './github-host.ts';
import { packagedFrom } from './package-root.ts';

/**
 * Runs a phase of an action on a runner and ends the process with its exit code. The stubs in `dist/` call it.
 * @param origin URL of the stub
 */
export async function run(action: string, phase: 'main' | 'post', origin: string): Promise<void> {
  const definition = await catalog[action]?.();
  if (definition === undefined) throw new Error(`there is no action ${action}`);
  const cancelled = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => cancelled.abort(new Error(`cancelled by ${signal}`)));
  }
  const host = githubHost(packagedFrom(origin), cancelled.signal);
  const code = await (phase === 'main' ? runMain : runPost)(definition, host);
  // Open sockets of a library must not keep the step alive.
  process.exit(code);
}
