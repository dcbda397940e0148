import type { Annotation } from './result.ts';

/**
 * What the local run does in place of a third-party action. A stand-in honours what it can, and refuses every input
 * that it does not honour, by name.
 */
export interface StandIn {
  /** `owner/name` of the action it stands for, whatever its ref. */
  readonly action: string;
  /** One sentence for the report: what is done instead. */
  readonly instead: string;
  readonly inputs: Readonly<Record<string, StandInInput>>;
  readonly outputs: readonly string[];
  readonly run: (step: StandInStep) => Promise<void>;
  /** Runs at the end of the job, always. */
  readonly post?: (step: StandInStep) => Promise<void>;
}

export interface StandInInput {
  readonly required?: boolean;
  readonly default?: string;
  /** The only values that are honoured; without it any. */
  readonly allowed?: readonly string[];
  /** Why no other value is honoured. */
  readonly reason?: string;
}

/** What a stand-in works with while it runs as a step. */
export interface StandInStep {
  /** Every input that the stand-in declares; the empty text when it was not given. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** A folder of this job that is removed with it. */
  readonly temp: string;
  /** Where the artifacts of the run lie, one folder each. */
  readonly artifacts: string;
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
  /** The git repository of the event. */
  readonly directory: string;
  readonly builder: Builder | undefined;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly annotate: (type: Annotation['type'], message: string) => void;
  readonly mask: (secret: string) => void;
  readonly setOutput: (name: string, value: string) => void;
}

/** Builds an image from a Dockerfile. */
export interface Builder {
  build(request: BuildRequest): Promise<BuildResult>;
}

export interface BuildRequest {
  readonly context: string;
  readonly file: string;
  readonly buildArguments: readonly string[];
  readonly labels: readonly string[];
  readonly tags: readonly string[];
  /** Push every tag to its registry. */
  readonly push: boolean;
  /** Folder of an OCI image layout to write, if any. */
  readonly layout: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly temp: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** `digest` is that of the manifest as it was pushed or written, `imageId` that of the image's configuration. */
export interface BuildResult {
  readonly digest: string;
  readonly imageId: string;
}

/**
 * Guards the table: nothing that a run can execute for real may be replaced.
 * @throws Error when a stand-in stands for an action of a repository that is on this machine
 */
export function refuseOwnStandIns(standIns: readonly StandIn[], has: (repository: string) => boolean): void {
  const own = standIns.filter(({ action }) => has(action.split('/').slice(0, 2).join('/')));
  if (own.length > 0)
    throw new Error(`${own.map(({ action }) => action).join(', ')} can run for real: no stand-in may replace it.`);
}

/** What is wrong with the inputs that are given as literal text; undefined for a value that is not known yet. */
export function standInProblems(
  { action, inputs }: StandIn,
  given: ReadonlyMap<string, string | undefined>,
): { input: string | undefined; message: string }[] {
  const wrong = [...given].flatMap(([input, value]) => {
    const honoured = inputs[input];
    if (honoured === undefined)
      return [{ input, message: `The stand-in for ${action} does not honour the input \`${input}\`.` }];
    return value === undefined || isAllowed(honoured, value)
      ? []
      : [{ input, message: notHonoured(action, input, value, honoured) }];
  });
  const missing = Object.entries(inputs).flatMap(([input, rule]) => {
    if (given.has(input)) return [];
    if (rule.required) return [{ input: undefined, message: `${action} needs the input \`${input}\`.` }];
    const fallback = rule.default ?? '';
    return isAllowed(rule, fallback) ? [] : [{ input: undefined, message: notHonoured(action, input, fallback, rule) }];
  });
  return [...wrong, ...missing];
}

function isAllowed({ allowed }: StandInInput, value: string): boolean {
  return allowed?.includes(value) ?? true;
}

function notHonoured(action: string, input: string, value: string, { allowed = [], reason }: StandInInput): string {
  const only = `The stand-in for ${action} honours \`${input}\` only as ${allowed.map((one) => `\`${one}\``).join(' or ')}`;
  return `${only}, not \`${value}\`.${reason === undefined ? '' : ` ${reason}`}`;
}
