import type { Helm, Release } from '../../src/helm/helm.ts';
import type { Revision } from '../../src/helm/history.ts';
import { readManifest } from '../../src/helm/manifest.ts';
import type { HelmProblem, HelmResult } from '../../src/helm/problem.ts';
import type { Tools } from '../../src/helm/tools.ts';
import type { Kubectl, KubectlProblem, KubernetesObject } from '../../src/kubernetes/kubectl.ts';
import type { ClusterEvent } from '../../src/kubernetes/objects.ts';
import { readyStatus, rollout } from './cluster-objects.ts';

/** A chart with a Deployment for each image: `web` serves, and a second one, `web-canary`, is a candidate beside it. */
export function manifestOf(images: string): string {
  return namedImages(images)
    .map(
      ([name, image]) =>
        `kind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: api, image: '${image}' }] } } }\n`,
    )
    .join('---\n');
}

function namedImages(images: string): [name: string, image: string][] {
  return images.split(' ').map((image, index) => [index === 0 ? 'web' : 'web-canary', image]);
}

/** The values of such a release. */
function valuesOf(images: string): object {
  const [, candidate] = images.split(' ');
  const [repository, digest] = candidate?.split('@') ?? [];
  return { canary: candidate === undefined ? { enabled: false } : { enabled: true, image: { repository, digest } } };
}

type FakeRevision = Revision & { readonly image: string };

/**
 * A release and the cluster it lives in. What Helm is asked is done at once; a test replaces what should go wrong. Time
 * passes only where somebody waits.
 */
export class FakeRelease {
  revisions: readonly FakeRevision[] = [];
  live: KubernetesObject[] = [];
  events: ClusterEvent[] = [];
  /** What Helm was asked to change, in order. */
  readonly changes: string[] = [];
  /** Milliseconds. */
  now = Date.parse('2026-11-21T14:00:00Z');
  readonly cancel = new AbortController();

  /** What happens instead of a change; undefined: the change goes well. */
  onUpgrade: () => HelmProblem | undefined = () => undefined;
  onRollback: () => HelmProblem | undefined = () => undefined;
  /** What every question to Helm or kubectl is answered with. */
  helmProblem: HelmProblem | undefined;
  kubectlProblem: KubectlProblem | undefined;
  manifest = manifestOf;
  #wanted: string;

  /** @param image what the chart starts; what serves, and after a space the candidate if there is one */
  constructor(image: string) {
    this.#wanted = image;
  }

  /** A good revision that runs, each of its images in two pods. */
  deploy(images: string): this {
    this.record(images, 'deployed');
    this.live = namedImages(images).flatMap(([name, image]) => rollout(name, image, readyStatus, readyStatus));
    return this;
  }

  record(image: string, status: string, description = ''): void {
    const retired = (one: FakeRevision): FakeRevision =>
      status === 'deployed' && one.status === 'deployed' ? { ...one, status: 'superseded' } : one;
    const revision = (this.revisions.at(-1)?.revision ?? 0) + 1;
    const recorded = { revision, status, description, image, updated: '2026-11-21', chart: 'game-1.0.0' };
    this.revisions = [...this.revisions.map(retired), recorded];
  }

  get tools(): Tools {
    return {
      helm: this.#helm(),
      kubectl: { list: (kind: string) => Promise.resolve(this.#list(kind)) } as unknown as Kubectl,
      namespace: 'staging',
      clock: {
        now: () => new Date(this.now),
        sleep: (milliseconds) => {
          this.now += milliseconds;
          return Promise.resolve();
        },
      },
      signal: this.cancel.signal,
    };
  }

  #list(kind: string): { value: readonly KubernetesObject[] } | { problem: KubectlProblem } {
    if (this.kubectlProblem !== undefined) return { problem: this.kubectlProblem };
    return { value: kind === 'events' ? (this.events as unknown as KubernetesObject[]) : this.live };
  }

  #release(revision: number): Release {
    return {
      revision,
      chart: 'game',
      chartVersion: '1.0.0',
      rendered: readManifest(this.manifest(this.#wanted)),
    };
  }

  #imageOf(target: number): string {
    return this.revisions.find(({ revision }) => revision === target)?.image ?? '';
  }

  #helm(): Helm {
    const answer = <T>(value: () => T): Promise<HelmResult<T>> =>
      Promise.resolve(this.helmProblem === undefined ? { value: value() } : { problem: this.helmProblem });
    return {
      version: () => Promise.resolve('v4.2'),
      history: () => answer(() => this.revisions),
      render: () => answer(() => this.#release(this.revisions.length + 1)),
      upgrade: (_, timeout) => {
        this.changes.push(`upgrade within ${timeout} ms`);
        const problem = this.onUpgrade();
        if (problem !== undefined) return Promise.resolve({ problem });
        this.deploy(this.#wanted);
        return answer(() => this.#release(this.revisions.length));
      },
      rollback: (target, timeout) => {
        this.changes.push(`rollback to ${target} within ${timeout} ms`);
        const problem = this.onRollback();
        if (problem !== undefined) return Promise.resolve({ problem });
        this.deploy(this.#imageOf(target));
        return Promise.resolve({ value: undefined });
      },
      uninstall: (timeout) => {
        this.changes.push(`uninstall within ${timeout} ms`);
        const problem = this.onRollback();
        if (problem !== undefined) return Promise.resolve({ problem });
        this.revisions = [];
        this.live = [];
        return Promise.resolve({ value: undefined });
      },
      rendered: (target) => answer(() => readManifest(this.manifest(this.#imageOf(target)))),
      values: (target) => answer(() => valuesOf(this.#imageOf(target))),
    };
  }
}
