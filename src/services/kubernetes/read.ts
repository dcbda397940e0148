import { get, type Node } from '../../documents/node.ts';
import type { Finding } from '../../report/report.ts';
import { itemsOf } from '../fields.ts';
import type { Service } from '../service.ts';
import { containerService, type ContainerList, type Locate } from './container.ts';
import { isObject, objectsOf, podTemplatesOf, type PodTemplate } from './objects.ts';
import { annotationFindings, profileFindings } from './seccomp.ts';

export interface KubernetesServices {
  readonly services: readonly Service[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the containers of Kubernetes objects.
 * @param documents of a manifest; what is no object is passed over
 */
export function readObjects(documents: readonly Node[], locate: Locate): KubernetesServices {
  const pods = documents.flatMap(objectsOf).filter(isObject).flatMap(podTemplatesOf);
  return {
    services: pods.flatMap((pod) => containersOf(pod).map(([node, list]) => containerService(node, list, pod, locate))),
    findings: pods.flatMap((pod) => findingsOf(pod, locate)),
  };
}

const lists: readonly ContainerList[] = ['containers', 'initContainers', 'ephemeralContainers'];

function containersOf({ spec }: PodTemplate): [Node, ContainerList][] {
  return lists.flatMap((list) => itemsOf(get(spec, list)).map((node): [Node, ContainerList] => [node, list]));
}

function findingsOf(pod: PodTemplate, locate: Locate): Finding[] {
  const contexts = [pod.spec, ...containersOf(pod).map(([node]) => node)];
  return [
    ...contexts.flatMap((node) =>
      profileFindings(get(get(node, 'securityContext'), 'seccompProfile'), pod.resource, locate),
    ),
    ...annotationFindings(pod, locate),
  ];
}
