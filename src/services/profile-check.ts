import { posix, resolve } from 'node:path';
import type { Finding } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';
import { servicesRules } from './rules.ts';
import type { Placed, ProfileChoice, Service } from './service.ts';

type Say = (rule: Rule, message: string, culprit?: Placed<unknown>) => Finding;

/**
 * Holds the profile of a service against the one that it must use.
 * @param required `any`, `own`, `runtime-default`, or a path from the workspace's root
 */
export function profileFinding(service: Service, required: string, root: string, say: Say): Finding[] {
  const { seccomp, privileged, kind } = service;
  const choice = { value: seccomp, ...('place' in seccomp && { place: seccomp.place }) };
  // Kubernetes runs privileged containers unconfined whatever they ask for; Docker does without a profile of the service's own.
  if (privileged.value && (kind === 'kubernetes' || seccomp.kind === 'none'))
    return [say(servicesRules.unconfined, 'runs without seccomp because it is privileged.', privileged)];
  if (seccomp.kind === 'unconfined') return [say(servicesRules.unconfined, 'asks for seccomp `unconfined`.', choice)];
  if (isMet(service, required, root)) return [];
  if (seccomp.kind === 'none') return [say(servicesRules.missing, 'names no seccomp profile.')];
  return [say(servicesRules.otherProfile, `uses ${nameOf(seccomp)}; asked is ${askedText(required)}.`, choice)];
}

/** Docker's engine applies its default when nothing is asked for; a cluster does only with the kubelet's `seccompDefault`. */
function isMet({ seccomp, kind }: Service, required: string, root: string): boolean {
  const isOwn = seccomp.kind === 'file' || seccomp.kind === 'localhost';
  if (required === 'own') return isOwn;
  if (required === 'any') return isOwn || seccomp.kind === 'runtime-default';
  if (required === 'runtime-default')
    return isOwn || seccomp.kind === 'runtime-default' || (seccomp.kind === 'none' && kind === 'compose');
  if (seccomp.kind === 'file') return seccomp.path === resolve(root, required);
  return seccomp.kind === 'localhost' && posix.normalize(seccomp.path) === posix.normalize(required);
}

function nameOf(seccomp: ProfileChoice): string {
  return seccomp.kind === 'file' || seccomp.kind === 'localhost'
    ? `\`${seccomp.written}\``
    : "the runtime's default profile";
}

function askedText(required: string): string {
  if (required === 'own') return 'a profile of its own';
  return required === 'runtime-default' ? "the runtime's default or one of its own" : `\`${required}\``;
}
