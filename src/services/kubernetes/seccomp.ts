import { get, type Node } from '../../documents/node.ts';
import type { Finding } from '../../report/report.ts';
import { textOf } from '../fields.ts';
import { servicesRules } from '../rules.ts';
import type { ProfileChoice } from '../service.ts';
import type { Locate } from './container.ts';
import type { PodTemplate } from './objects.ts';

/** Reads `seccompProfile` (API reference, SeccompProfile). What the server refuses counts as nothing. */
export function chosenProfile(node: Node | undefined, locate: Locate): ProfileChoice {
  const type = get(node, 'type');
  if (node === undefined || type === undefined) return { kind: 'none' };
  const local = get(node, 'localhostProfile');
  const written = textOf(local);
  switch (textOf(type)) {
    case 'RuntimeDefault':
      return { kind: 'runtime-default', place: locate(type) };
    case 'Unconfined':
      return { kind: 'unconfined', place: locate(type) };
    case 'Localhost':
      return local === undefined || written === undefined
        ? { kind: 'none' }
        : { kind: 'localhost', path: written, written, place: locate(local) };
    default:
      return { kind: 'none' };
  }
}

/** What the API server refuses in a `seccompProfile`. */
export function profileFindings(node: Node | undefined, resource: string, locate: Locate): Finding[] {
  if (node === undefined) return [];
  const type = textOf(get(node, 'type')) ?? '';
  const path = textOf(get(node, 'localhostProfile'));
  const refused = (message: string): Finding[] => [
    {
      rule: servicesRules.unreadable,
      message: `${message}: the API server refuses the object.`,
      place: { ...locate(node), resource },
    },
  ];
  if (!['RuntimeDefault', 'Localhost', 'Unconfined'].includes(type))
    return refused(`\`seccompProfile.type\` is \`${type}\`, not RuntimeDefault, Localhost or Unconfined`);
  if (type !== 'Localhost') return path === undefined ? [] : refused(`\`localhostProfile\` needs the type Localhost`);
  if (path === undefined) return refused('The type Localhost needs a `localhostProfile`');
  if (path.startsWith('/') || path.split('/').includes('..'))
    return refused(`\`${path}\` is no path below the kubelet's folder of profiles`);
  return [];
}

const annotation =
  /^(?:seccomp\.security\.alpha\.kubernetes\.io\/pod$|container\.seccomp\.security\.alpha\.kubernetes\.io\/)/;

/** Annotations that named a profile until Kubernetes 1.27. */
export function annotationFindings(pod: PodTemplate, locate: Locate): Finding[] {
  const annotations = get(pod.metadata, 'annotations');
  if (annotations?.kind !== 'mapping') return [];
  return annotations.entries
    .filter(({ key }) => annotation.test(String(key.value)))
    .map(({ key, value }) => ({
      rule: servicesRules.seccompAnnotation,
      message: `The annotation \`${String(key.value)}\` asks for \`${textOf(value) ?? ''}\` and is ignored.`,
      place: { ...locate(key), resource: pod.resource },
    }));
}
