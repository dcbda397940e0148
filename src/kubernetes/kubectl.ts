import type { Exec, ExecResult } from '../effects/effects.ts';
import { cut } from '../report/text.ts';

/** An object of the cluster as its API shows it; the parts beyond `metadata` differ by kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly [part: string]: unknown;
}

/** Why a call of kubectl gave no answer. */
export type KubectlReason =
  | 'not-found'
  | 'unknown-kind'
  | 'conflict'
  | 'forbidden'
  | 'unauthorized'
  | 'invalid'
  | 'unreachable'
  | 'timeout'
  | 'other';

export interface KubectlProblem {
  readonly reason: KubectlReason;
  /** What kubectl said, in one line. */
  readonly message: string;
}

export type KubectlResult<T> = { readonly value: T } | { readonly problem: KubectlProblem };

/** A step of a JSON Patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** Calls on one namespace. A kind is written in full, such as `httproutes.gateway.networking.k8s.io`. */
export interface Kubectl {
  get(kind: string, name: string): Promise<KubectlResult<KubernetesObject>>;
  /** Objects of a kind, all or those that a label selector (`app=web,track!=canary`) picks. */
  list(kind: string, selector?: string): Promise<KubectlResult<readonly KubernetesObject[]>>;
  /**
   * Changes an object as it was read: when anybody changed it since, the problem is `conflict` and nothing is done.
   * @returns the object after the change
   */
  patch(
    kind: string,
    read: KubernetesObject,
    operations: readonly PatchOperation[],
  ): Promise<KubectlResult<KubernetesObject>>;
}

interface KubectlSetup {
  readonly exec: Exec;
  /** Path of the kubectl program. */
  readonly program: string;
  readonly namespace: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** One request to the API, and the whole call: kubectl asks several times before it gives up. */
const requestTimeout = '10s';
const callTimeout = 30_000;
const maxAnswerBytes = 16 * 1024 * 1024;

/** kubectl as a function of typed calls. Nothing outside makes it reject: what went wrong is the result. */
export function kubectl({ exec, program, namespace, environment }: KubectlSetup): Kubectl {
  const call = async (...args: string[]): Promise<KubectlResult<unknown>> => {
    const all = [...args, '--namespace', namespace, '--output', 'json', '--request-timeout', requestTimeout];
    try {
      return answerOf(await exec(program, all, { env: environment, timeout: callTimeout, maxOutput: maxAnswerBytes }));
    } catch (error) {
      return { problem: { reason: 'other', message: `kubectl did not start: ${(error as Error).message}` } };
    }
  };
  return {
    get: async (kind, name) => checked(await call('get', kind, name), asObject),
    list: async (kind, selector) => {
      const filter = selector === undefined ? [] : ['--selector', selector];
      return checked(await call('get', kind, ...filter), asList);
    },
    patch: async (kind, read, operations) => {
      // Replacing the version with the one that was read makes the API answer 409 when it is no longer the current
      // one. (A `test` of it answers 422, as a wrong path does: the two cannot be told apart.)
      const { name, resourceVersion } = read.metadata;
      const lock: PatchOperation = { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion };
      const patch = JSON.stringify([lock, ...operations]);
      return checked(await call('patch', kind, name, '--type', 'json', '--patch', patch), asObject);
    },
  };
}

function answerOf(ended: ExecResult): KubectlResult<unknown> {
  if (ended.code !== 0) return { problem: problemOf(ended) };
  try {
    if (!ended.truncated) return { value: JSON.parse(ended.stdout) };
  } catch {
    // Told below.
  }
  return { problem: { reason: 'other', message: 'kubectl ended well and its answer is not whole' } };
}

function checked<T>(result: KubectlResult<unknown>, as: (value: unknown) => T | undefined): KubectlResult<T> {
  if ('problem' in result) return result;
  const value = as(result.value);
  if (value !== undefined) return { value };
  return { problem: { reason: 'other', message: 'the answer of kubectl is not an object of the cluster' } };
}

function asObject(value: unknown): KubernetesObject | undefined {
  const object = value as Partial<KubernetesObject> | null;
  const { name, resourceVersion } = object?.metadata ?? {};
  return typeof name === 'string' && typeof resourceVersion === 'string' ? (object as KubernetesObject) : undefined;
}

function asList(value: unknown): KubernetesObject[] | undefined {
  const { items } = (value ?? {}) as { items?: unknown };
  if (!Array.isArray(items)) return undefined;
  const objects = items.map(asObject).filter((item) => item !== undefined);
  return objects.length === items.length ? objects : undefined;
}

/** What kubectl 1.36 writes, most telling first. */
const reasons: readonly (readonly [RegExp, KubectlReason])[] = [
  [/^Error from server \(NotFound\)/, 'not-found'],
  [/the server doesn't have a resource type/, 'unknown-kind'],
  [/^Error from server \(Conflict\)/, 'conflict'],
  [/^Error from server \(Forbidden\)/, 'forbidden'],
  [/\(Unauthorized\)|must be logged in/, 'unauthorized'],
  [/ is invalid: |\((?:Invalid|BadRequest)\)/, 'invalid'],
  [/deadline exceeded|Client\.Timeout|\((?:Timeout|ServerTimeout)\)/, 'timeout'],
  [/^Unable to connect|^The connection to the server|\((?:ServiceUnavailable|InternalError)\)|EOF/, 'unreachable'],
];

function problemOf({ stderr, timedOut, code, signal }: ExecResult): KubectlProblem {
  // Warnings and kubectl's own log come before the error.
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  if (timedOut) return { reason: 'timeout', message: `kubectl did not end within ${callTimeout / 1000} s` };
  const message = last === '' ? `kubectl ended with ${code ?? signal ?? 'no exit code'}` : cut(last, 500);
  return { reason: reasons.find(([pattern]) => pattern.test(last))?.[1] ?? 'other', message };
}
