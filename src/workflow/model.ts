import type { Expression } from './expression.ts';
import type { PermissionsBlock } from './permissions.ts';
import type { Place } from './problem.ts';
import type { Named, Template } from './template.ts';

/** A value while it is read, key by key. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** What a workflow file says, with the place of everything; only what the engine supports. */
export interface Workflow {
  readonly name: string | undefined;
  readonly triggers: readonly Trigger[];
  /** There when the workflow can be called (`on: workflow_call`). */
  readonly call: CallInterface | undefined;
  readonly env: readonly Named[];
  readonly runDefaults: RunDefaults;
  readonly permissions: PermissionsBlock | undefined;
  readonly concurrency: Concurrency | undefined;
  readonly jobs: readonly Job[];
}

export type EventName = 'pull_request' | 'merge_group' | 'push';

/** One event that starts a workflow, with its filters. */
export interface Trigger extends Place {
  readonly event: EventName;
  readonly types: readonly string[] | undefined;
  readonly branches: readonly string[] | undefined;
  readonly branchesIgnore: readonly string[] | undefined;
}

export interface CallInterface {
  readonly inputs: readonly CallInput[];
  readonly secrets: readonly CallSecret[];
  readonly outputs: readonly Named[];
}

export type InputType = 'string' | 'number' | 'boolean';

export interface CallInput extends Place {
  readonly name: string;
  readonly type: InputType;
  readonly required: boolean;
  readonly default: Template | undefined;
}

export interface CallSecret extends Place {
  readonly name: string;
  readonly required: boolean;
}

export interface Concurrency {
  readonly group: Template;
  readonly cancelInProgress: Template | undefined;
  /** `max`: everyone waits in line; `single`: a newcomer takes the place of the one that waits. */
  readonly queue: 'single' | 'max';
}

/** `defaults.run`: shell and folder of every run step below. */
export interface RunDefaults {
  readonly shell?: Shell;
  readonly workingDirectory?: Template;
}

export type Shell = 'bash' | 'sh';
export type Job = StepsJob | CallJob;

interface JobBase extends Place {
  readonly id: string;
  readonly name: Template | undefined;
  readonly needs: readonly string[];
  readonly if: Expression;
  readonly permissions: PermissionsBlock | undefined;
  readonly concurrency: Concurrency | undefined;
}

/** A job that runs steps on a runner. */
export interface StepsJob extends JobBase {
  readonly kind: 'steps';
  readonly runsOn: readonly Template[];
  readonly timeoutMinutes: Template | undefined;
  readonly env: readonly Named[];
  readonly runDefaults: RunDefaults;
  readonly environment: Environment | undefined;
  readonly outputs: readonly Named[];
  readonly steps: readonly Step[];
}

/** A job that calls a reusable workflow. */
export interface CallJob extends JobBase {
  readonly kind: 'call';
  readonly uses: Reference;
  readonly with: readonly Named[];
  readonly secrets: readonly Named[];
}

export interface Environment {
  readonly name: Template;
  readonly url: Template | undefined;
  /** False when the environment is used for its secrets and rules only, and no deployment is recorded. */
  readonly deployment: boolean;
}

export type Step = RunStep | UsesStep;

interface StepBase extends Place {
  readonly id: string | undefined;
  readonly name: Template | undefined;
  readonly if: Expression;
  readonly env: readonly Named[];
  readonly timeoutMinutes: Template | undefined;
  readonly continueOnError: Template | undefined;
}

export interface RunStep extends StepBase {
  readonly kind: 'run';
  readonly run: Template;
  readonly shell: Shell | undefined;
  readonly workingDirectory: Template | undefined;
}

export interface UsesStep extends StepBase {
  readonly kind: 'uses';
  readonly uses: Reference;
  readonly with: readonly Named[];
}

/** What `uses` names, as it is written: `$/path`, `./path` or `owner/name/path@ref`. */
export interface Reference extends Place {
  readonly text: string;
}
