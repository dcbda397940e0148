import type { KubernetesObject } from '../cluster/api.ts';

/** The objects that the gateway follows, as far as it reads them. */
interface Namespaced extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & {
    readonly namespace: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
  };
}

/** Kubernetes API v1, Service. */
export interface Service extends Namespaced {
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly {
      readonly name?: string;
      readonly port: number;
      readonly targetPort?: number | string;
    }[];
  };
}

/** Gateway API v1, HTTPRoute. */
export interface HttpRoute extends Namespaced {
  readonly spec: {
    readonly parentRefs?: readonly ParentReference[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly HttpRouteRule[];
  };
  readonly status?: { readonly parents?: readonly RouteParentStatus[] };
}

export interface ParentReference {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly sectionName?: string;
}

export interface HttpRouteRule {
  readonly matches?: readonly HttpRouteMatch[];
  readonly backendRefs?: readonly BackendReference[];
  readonly [other: string]: unknown;
}

export interface HttpRouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly [other: string]: unknown;
}

export interface BackendReference {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number;
  readonly weight?: number;
  readonly filters?: readonly unknown[];
}

export interface RouteParentStatus {
  readonly parentRef: ParentReference;
  readonly controllerName: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    readonly message: string;
    readonly observedGeneration?: number;
    readonly lastTransitionTime: string;
  }[];
}
