import type { ExecResult } from '../effects/effects.ts';
import type { KubectlProblem } from '../kubernetes/kubectl.ts';
import type { Finding } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';
import { cut } from '../report/text.ts';
import { helmRules } from './rules.ts';

/** Why a call of Helm did not succeed. `failed`: Helm says so; what it means depends on what was asked of it. */
export type HelmReason = 'unreachable' | 'denied' | 'locked' | 'not-found' | 'timeout' | 'cancelled' | 'failed';

export interface HelmProblem {
  readonly reason: HelmReason;
  /** What Helm said, bounded. */
  readonly message: string;
}

export type HelmResult<T> = { readonly value: T } | { readonly problem: HelmProblem };

const maxMessage = 2000;

/**
 * What Helm 4.2 and the Kubernetes client in it write, most telling first. Helm has one exit code for every failure.
 * "cluster unreachable" also stands before a refusal of the credentials, so that is looked for first.
 */
const reasons: readonly (readonly [RegExp, HelmReason])[] = [
  [/asked for the client to provide credentials|\bUnauthorized\b|is forbidden: User /, 'denied'],
  [/cluster unreachable|\bdial tcp\b|client connection lost|connection reset by peer|unexpected EOF/i, 'unreachable'],
  [/TLS handshake timeout|server is currently unable to handle the request|\betcdserver: /, 'unreachable'],
  [/another operation \(install\/upgrade\/rollback\) is in progress/, 'locked'],
  [/^release: not found$/m, 'not-found'],
  [/context deadline exceeded|timed out waiting for the condition/, 'timeout'],
];

/**
 * @param wanted whether the step was cancelled
 */
export function helmProblem({ code, signal, stderr, timedOut }: ExecResult, cancelled: boolean): HelmProblem {
  const message = messageIn(stderr) || `Helm ended with ${signal ?? `exit code ${code ?? 'unknown'}`} and said nothing`;
  if (cancelled) return { reason: 'cancelled', message };
  if (timedOut) return { reason: 'timeout', message };
  return { reason: reasons.find(([pattern]) => pattern.test(message))?.[1] ?? 'failed', message };
}

/** Helm's own log lines start with their level; the error stands behind `Error: `, on one line or several. */
function messageIn(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => !/^level=|^[IWE]\d{4} /.test(line));
  const text = lines.join('\n');
  const error = text.slice(Math.max(text.lastIndexOf('Error: '), 0)).replace(/^Error: (?:[A-Z ]+ FAILED: )?/, '');
  return cut(error.trim(), maxMessage);
}

/** The finding that a problem of Helm is. `otherwise` is the rule for what Helm itself refuses or cannot do. */
export function helmFinding({ reason, message }: HelmProblem, otherwise: Rule): Finding {
  const rule = {
    unreachable: helmRules.clusterUnreachable,
    denied: helmRules.accessDenied,
    locked: helmRules.releaseLocked,
    cancelled: helmRules.cancelled,
    timeout: otherwise,
    'not-found': otherwise,
    failed: otherwise,
  }[reason];
  return { rule, message: `Helm says: ${message}` };
}

/** The finding that a problem of kubectl is. */
export function kubectlFinding({ reason, message }: KubectlProblem): Finding {
  const denied = reason === 'forbidden' || reason === 'unauthorized';
  return { rule: denied ? helmRules.accessDenied : helmRules.clusterUnreachable, message: `kubectl says: ${message}` };
}
