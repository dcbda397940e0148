import type { Masker } from './masker.ts';
import { environmentValue, toValue, type Scope, type Value } from './expression.ts';
import type { Plain } from './contexts.ts';
import type { Conclusion } from './result.ts';

/** What a step left for the steps after it. */
export interface StepState {
  readonly outputs: Map<string, string>;
  outcome: Conclusion | undefined;
  conclusion: Conclusion | undefined;
}

/** What the steps of a job change and see of each other. */
export class JobState {
  /** Variables of workflow and job, and those that steps set through GITHUB_ENV. */
  readonly env = new Map<string, string>();
  /** Folders that steps put before PATH, the latest last. */
  readonly path: string[] = [];
  readonly steps = new Map<string, StepState>();
  readonly masker: Masker;
  #status: 'success' | 'failure' | 'cancelled' = 'success';
  readonly #contexts: Readonly<Record<string, Value>>;
  readonly #job: Plain;
  readonly #github: Plain;

  /**
   * @param contexts the contexts that stay as they are while the job runs
   * @param job the `job` context less its status
   * @param github the `github` context less what each step adds
   */
  constructor(masker: Masker, contexts: Readonly<Record<string, unknown>>, job: Plain, github: Plain) {
    this.masker = masker;
    this.#contexts = Object.fromEntries(Object.entries(contexts).map(([name, plain]) => [name, toValue(plain)]));
    this.#job = job;
    this.#github = github;
  }

  get status(): 'success' | 'failure' | 'cancelled' {
    return this.#status;
  }

  /** A job that was cancelled stays so, whatever fails in it afterwards. */
  worsen(status: 'failure' | 'cancelled'): void {
    if (this.#status !== 'cancelled') this.#status = status;
  }

  /** @param stepGithub what `github` has for one step alone */
  github(stepGithub: Plain): Plain {
    return { ...this.#github, ...stepGithub };
  }

  /**
   * What an expression of a step sees.
   * @param stepEnv the step's own variables, once they are known
   * @param stepGithub what `github` has for this step alone
   */
  scope(stepEnv: ReadonlyMap<string, string> = new Map(), stepGithub: Plain = {}): Scope {
    const steps = Object.fromEntries(
      [...this.steps].map(([id, { outputs, outcome, conclusion }]) => [
        id,
        { outputs: Object.fromEntries(outputs), outcome, conclusion },
      ]),
    );
    return {
      contexts: {
        ...this.#contexts,
        github: toValue(this.github(stepGithub)),
        env: environmentValue(new Map([...this.env, ...stepEnv])),
        job: toValue({ ...this.#job, status: this.#status }),
        steps: toValue(steps),
      },
      status: {
        success: this.#status === 'success',
        failure: this.#status === 'failure',
        cancelled: this.#status === 'cancelled',
      },
    };
  }

  /** State of a step that has an id; steps without one are seen by nobody. */
  step(id: string): StepState {
    const state = this.steps.get(id) ?? {
      outputs: new Map<string, string>(),
      outcome: undefined,
      conclusion: undefined,
    };
    this.steps.set(id, state);
    return state;
  }
}
