import type { Context } from '../definition/context.ts';
import type { FindProgram } from '../effects/effects.ts';
import { realClock } from './clock.ts';
import { clusterEnvironment, localSettings, programEnvironment, workflowRun } from './environment.ts';
import { makeExec } from './exec.ts';
import { realFiles } from './files.ts';
import { realHttp } from './http.ts';
import { identityTokenFrom } from './identity-token.ts';

/** What a host itself knows; the rest of a context is the same on a runner and in a terminal. */
type Own = Pick<Context, 'log' | 'packaged' | 'root' | 'temp' | 'evidence' | 'signal' | 'state' | 'saveState'>;

/**
 * The world as an action meets it.
 * @param mask keeps a value out of everything that is shown from now on
 */
export function realContext(own: Own, mask: (secret: string) => void): Context {
  const variables = process.env;
  let finder: FindProgram | undefined;
  const context: Context = {
    ...own,
    exec: makeExec(programEnvironment(variables)),
    files: realFiles,
    http: realHttp,
    clock: realClock,
    program: async (name, path) => {
      const { programFinder } = await import('../tools/find.ts');
      finder ??= programFinder(context, variables.SLIPWAY_TOOL_MIRROR);
      return finder(name, path);
    },
    identityToken: identityTokenFrom(variables, realHttp, mask),
    forge: async (token) => {
      const { githubForge } = await import('../github/forge.ts');
      return githubForge(token, workflowRun(variables));
    },
    environment: programEnvironment(variables),
    clusterEnvironment: clusterEnvironment(variables),
    local: localSettings(variables),
    run: workflowRun(variables),
  };
  return context;
}
