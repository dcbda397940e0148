/**
 * Why a registry could not do what it was asked for:
 * - `unreachable`: no answer, or 429 and 5xx after every retry; nothing is known
 * - `refused`: it wants credentials that were not given or do not suffice
 * - `missing`: it does not have what was asked for
 * - `invalid`: its answer is not what the specification or the digest says
 * - `lost`: what was attached cannot be found again
 */
export type RegistryProblem = 'unreachable' | 'refused' | 'missing' | 'invalid' | 'lost';

/** The message is a sentence for people; it never holds a credential or a query string. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly problem: RegistryProblem;
  constructor(problem: RegistryProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}
