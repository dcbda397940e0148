import type { ExecResult } from '../../src/effects/effects.ts';
import { binomialDraw, randomNumbers } from './random.ts';

interface BackendRef {
  name: string;
  port: number;
  weight?: number;
}

interface Route {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string; resourceVersion: string; annotations: Record<string, string> };
  spec: { rules: { backendRefs: BackendRef[] }[] };
}

type Side = 'baseline' | 'candidate';

/**
 * A gateway whose traffic follows an HTTPRoute, the counters that it exposes, and the two programs through which they
 * are seen: kubectl (its arguments and texts as kubectl 1.36 has them) and the Prometheus HTTP API. Time passes when
 * {@link pass} is called.
 */
export class CanaryWorld {
  /** Requests a second of both sides together. */
  rate = 100;
  /** Share of bad requests. */
  errors: Record<Side, number> = { baseline: 0.001, candidate: 0.001 };
  /** Called before an answer; what it returns is the answer. */
  beforeKubectl: (args: readonly string[]) => Partial<ExecResult> | undefined = () => undefined;
  beforeQuery: (query: string) => { status: number; body: string } | undefined = () => undefined;
  readonly route: Route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop', namespace: 'web', resourceVersion: '1', annotations: {} },
    spec: {
      rules: [
        {
          backendRefs: [
            { name: 'shop-stable', port: 80 },
            { name: 'shop-canary', port: 80, weight: 0 },
          ],
        },
      ],
    },
  };
  /** Counters as the gateway exposes them. */
  readonly counters: Record<Side, Record<string, number>> = { baseline: { '200': 5000, '500': 4 }, candidate: {} };
  /** Candidate weights in the order in which they were set. */
  readonly moves: number[] = [];
  /** Seconds since 1970. */
  now = 1_800_000_000;
  readonly #random: () => number;

  constructor(seed = 1) {
    this.#random = randomNumbers(seed);
  }

  get weights(): Record<Side, number> {
    const [baseline, candidate] = this.route.spec.rules[0]?.backendRefs ?? [];
    return { baseline: baseline?.weight ?? 1, candidate: candidate?.weight ?? 1 };
  }

  /** Changes the route as somebody else would. */
  change(work: (route: Route) => void): void {
    work(this.route);
    this.route.metadata.resourceVersion = String(Number(this.route.metadata.resourceVersion) + 1);
  }

  /** Lets time pass, and the requests of that time. */
  pass(seconds: number): void {
    const { baseline, candidate } = this.weights;
    const before = Math.floor(this.now * this.rate);
    this.now += seconds;
    const requests = Math.floor(this.now * this.rate) - before;
    const ofCandidate = binomialDraw(requests, candidate / (baseline + candidate), this.#random);
    this.#answer('candidate', ofCandidate);
    this.#answer('baseline', requests - ofCandidate);
  }

  #answer(side: Side, requests: number): void {
    const bad = binomialDraw(requests, this.errors[side], this.#random);
    const counters = this.counters[side];
    if (requests > bad) counters['200'] = (counters['200'] ?? 0) + requests - bad;
    if (bad > 0) counters['500'] = (counters['500'] ?? 0) + bad;
  }

  kubectl(args: readonly string[]): ExecResult {
    const ended = this.beforeKubectl(args) ?? this.#kubectl(args);
    return { code: 0, signal: null, stdout: '', stderr: '', timedOut: false, truncated: false, ...ended };
  }

  #kubectl(args: readonly string[]): Partial<ExecResult> {
    const [verb, kind, name] = args;
    const namespace = args[args.indexOf('--namespace') + 1];
    if (kind !== 'httproutes.gateway.networking.k8s.io' || name !== 'shop' || namespace !== 'web')
      return { code: 1, stderr: `Error from server (NotFound): ${kind} "${name}" not found\n` };
    if (verb === 'patch') {
      const patch = JSON.parse(args[args.indexOf('--patch') + 1] ?? '') as { path: string; value: unknown }[];
      if (patch[0]?.path !== '/metadata/resourceVersion') throw new Error('a patch without a lock');
      if (patch[0].value !== this.route.metadata.resourceVersion)
        return {
          code: 1,
          stderr: `Error from server (Conflict): Operation cannot be fulfilled on ${kind} "${name}": the object has been modified; please apply your changes to the latest version and try again\n`,
        };
      this.change((route) => {
        for (const { path, value } of patch.slice(1)) {
          const [, rule, ref] = /^\/spec\/rules\/(\d+)\/backendRefs\/(\d+)\/weight$/.exec(path) ?? [];
          const backend = route.spec.rules[Number(rule)]?.backendRefs[Number(ref)];
          if (backend === undefined) throw new Error(`a patch of ${path}`);
          backend.weight = value as number;
        }
      });
      this.moves.push(this.weights.candidate);
    }
    return { stdout: JSON.stringify(this.route) };
  }

  /** The counters in the text format of Prometheus. */
  exposition(): string {
    const { name: route, namespace } = this.route.metadata;
    const lines = Object.entries(this.counters).flatMap(([side, counters]) =>
      Object.entries(counters).map(([code, count]) => {
        const backend = side === 'baseline' ? 'shop-stable' : 'shop-canary';
        const labels = { namespace, route, backend, code };
        const text = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
        return `slipway_gateway_requests_total{${text.join(',')}} ${count}\n`;
      }),
    );
    return `# TYPE slipway_gateway_requests_total counter\n${lines.join('')}`;
  }

  /** The answer of `GET /api/v1/query`. */
  query(query: string): { status: number; body: string } {
    const said = this.beforeQuery(query);
    if (said !== undefined) return said;
    const [, namespace, route, backend] =
      /^slipway_gateway_requests_total\{namespace="(.*)",route="(.*)",backend="(.*)"\}\[300s\]$/.exec(query) ?? [];
    if (namespace === undefined)
      return { status: 400, body: JSON.stringify({ status: 'error', errorType: 'bad_data', error: `bad: ${query}` }) };
    const side = backend === 'shop-stable' ? 'baseline' : 'candidate';
    const result = Object.entries(this.counters[side]).map(([code, count]) => ({
      metric: { __name__: 'slipway_gateway_requests_total', namespace, route, backend, code },
      values: [[this.now, String(count)]],
    }));
    return { status: 200, body: JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }) };
  }
}
