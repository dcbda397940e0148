import { request, type Agent } from 'node:http';
import type { Machine } from './machine-client.ts';
import type { Container, Probe } from './pod.ts';

/** How readiness is asked for, with Kubernetes' defaults. Times are milliseconds. */
export interface ProbePlan {
  readonly initialDelay: number;
  readonly period: number;
  readonly timeout: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

/**
 * The plan of a probe. Until it succeeds for the first time it is asked four times a second, not once a period: a
 * kubelet is slower at this moment, and nobody wants to wait for that.
 */
export function planOf(probe: Probe): ProbePlan {
  return {
    initialDelay: (probe.initialDelaySeconds ?? 0) * 1000,
    period: (probe.periodSeconds ?? 10) * 1000,
    timeout: (probe.timeoutSeconds ?? 1) * 1000,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  };
}

export const firstPeriod = 250;

/** Counts answers in a row and says whether the container counts as ready. */
export class Readiness {
  readonly #plan: ProbePlan;
  #successes = 0;
  #failures = 0;
  ready = false;

  constructor(plan: ProbePlan) {
    this.#plan = plan;
  }

  take(success: boolean): void {
    this.#successes = success ? this.#successes + 1 : 0;
    this.#failures = success ? 0 : this.#failures + 1;
    if (this.#successes >= this.#plan.successThreshold) this.ready = true;
    if (this.#failures >= this.#plan.failureThreshold) this.ready = false;
  }

  /** Milliseconds until the next question. */
  wait(): number {
    return this.ready ? this.#plan.period : Math.min(firstPeriod, this.#plan.period);
  }
}

/** Asks once. HTTP statuses from 200 to 399 are a success (Kubernetes, "Configure Probes"). */
export async function askProbe(
  probe: Probe,
  container: Container,
  address: string,
  machine: Machine,
  agent: Agent,
): Promise<boolean> {
  const { timeout } = planOf(probe);
  try {
    if (probe.httpGet !== undefined) {
      const port = portOf(probe.httpGet.port, container);
      const status = await httpStatus(agent, address, port, probe.httpGet.path ?? '/', timeout);
      return status >= 200 && status < 400;
    }
    const socket = await machine.dial(address, portOf(probe.tcpSocket?.port ?? 0, container));
    socket.destroy();
    return true;
  } catch {
    return false;
  }
}

function portOf(port: number | string, { ports = [] }: Container): number {
  if (typeof port === 'number') return port;
  return ports.find(({ name }) => name === port)?.containerPort ?? Number(port);
}

function httpStatus(agent: Agent, host: string, port: number, path: string, timeout: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ agent, host, port, path, headers: { 'user-agent': 'slipway-probe' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    const limit = setTimeout(() => asked.destroy(new Error('timeout')), timeout);
    asked.on('error', reject);
    asked.on('close', () => clearTimeout(limit));
    asked.end();
  });
}
