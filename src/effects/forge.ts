/** What actions ask of the GitHub API. `src/github` implements it; every call rejects with a {@link ForgeError}. */
export interface Forge {
  /** Creates a deployment record and returns its id. */
  createDeployment(deployment: NewDeployment): Promise<number>;
  setDeploymentState(id: number, state: DeploymentState, description: string, environmentUrl?: string): Promise<void>;
  /** Creates a completed check run. */
  createCheckRun(check: NewCheckRun): Promise<void>;
}

export type DeploymentState = 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

export interface NewDeployment {
  readonly ref: string;
  readonly environment: string;
  readonly description: string;
  readonly production: boolean;
  /** Kept with the record: digests, revision. */
  readonly payload: Readonly<Record<string, string>>;
}

export interface NewCheckRun {
  readonly name: string;
  readonly sha: string;
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  /** Markdown; longer text is cut. */
  readonly summary: string;
}

/** The API refused or did not answer. `status` is 0 when no answer came. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
