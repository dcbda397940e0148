import { delimiter } from 'node:path';
import { githubVariables, runnerContext, type Plain } from './contexts.ts';
import type { JobRun } from './job-run.ts';
import { trackingVariable } from './orphans.ts';

/**
 * The whole environment of a step's process, as the runner sets it (actions/runner, ActionRunner.cs and Handler.cs): what
 * a step may set itself comes first, what the runner says of the run comes last and cannot be overwritten.
 * @param env variables of the step itself
 * @param extra `INPUT_*` and `STATE_*` of an action
 */
export function stepEnvironment(
  { context, state, folders, credentials, trackingId }: JobRun,
  env: ReadonlyMap<string, string>,
  github: Plain,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const own = Object.fromEntries([...state.env, ...env]);
  const path = own.PATH ?? context.hostEnvironment.PATH ?? '';
  return {
    ...context.hostEnvironment,
    HOME: folders.home,
    ...context.options.runnerEnvironment,
    CI: 'true',
    ...own,
    ...extra,
    PATH: [...state.path.toReversed(), path].filter((part) => part !== '').join(delimiter),
    ...githubVariables(github),
    ...prefixed('RUNNER_', runnerContext(folders)),
    ...(credentials.identity && {
      ACTIONS_ID_TOKEN_REQUEST_URL: credentials.identity.requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: credentials.identity.requestToken,
    }),
    [trackingVariable]: trackingId,
    GITHUB_ACTIONS: 'true',
  };
}

/** What only a JavaScript action sees besides: the services that its own clients talk to. */
export function runtimeEnvironment({ credentials: { runtime } }: JobRun): Record<string, string> {
  if (runtime === undefined) return {};
  return {
    ACTIONS_RUNTIME_URL: runtime.url,
    ACTIONS_RUNTIME_TOKEN: runtime.token,
    ...(runtime.resultsUrl !== undefined && { ACTIONS_RESULTS_URL: runtime.resultsUrl }),
  };
}

/** `image ref` as `INPUT_IMAGE_REF`. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.entries(inputs).map(([name, value]): [string, string] => [name.replaceAll(' ', '_'), value]);
  return prefixed('INPUT_', Object.fromEntries(names));
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, string] => [`${prefix}${name.toUpperCase()}`, value]),
  );
}
