import type { Rule } from '../report/rule.ts';
import type { Requirements } from './requirements.ts';
import { servicesRules } from './rules.ts';
import type { Service } from './service.ts';

/**
 * What to write for a service so that a rule is content, in the syntax of its file.
 * @param subject the capability, the mount or the resource that the finding is about
 */
export function fixFor(rule: Rule, service: Service, required: Requirements, subject = ''): string {
  const what = service.kind === 'compose' ? 'service' : 'container';
  const asked = {
    ...required,
    subject,
    profile: profilePath(required),
    where: `${what} \`${service.name}\``,
    isDefault: required.profile === 'any' || required.profile === 'runtime-default',
  };
  return (service.kind === 'compose' ? composeFix : kubernetesFix)(rule, asked) ?? rule.fix;
}

type Asked = Omit<Requirements, 'profile'> & {
  readonly subject: string;
  readonly profile: string;
  readonly where: string;
  readonly isDefault: boolean;
};

function profilePath({ profile = 'any' }: Requirements): string {
  return ['any', 'own', 'runtime-default'].includes(profile) ? '<profile>.json' : profile;
}

function composeFix(rule: Rule, asked: Asked): string | undefined {
  const uid = (asked['user-above'] ?? 1000) + 1;
  const gid = (asked['group-above'] ?? 1000) + 1;
  switch (rule) {
    case servicesRules.missing:
      return `Add \`security_opt: [seccomp=${asked.profile}]\` to ${asked.where}.`;
    case servicesRules.unconfined:
    case servicesRules.otherProfile:
      return `Write \`seccomp=${asked.profile}\` in the \`security_opt\` of ${asked.where}, and no \`privileged\`.`;
    case servicesRules.privileged:
      return `Remove \`privileged: true\` from ${asked.where}; add the one capability or device that is needed with \`cap_add\` or \`devices\`.`;
    case servicesRules.user:
    case servicesRules.group:
      return `Add \`user: '${uid}:${gid}'\` to ${asked.where}.`;
    case servicesRules.newPrivileges:
      return `Add \`no-new-privileges:true\` to the \`security_opt\` of ${asked.where}.`;
    case servicesRules.writableRoot:
      return `Add \`read_only: true\` to ${asked.where}, and \`tmpfs: [/tmp]\` where it writes.`;
    case servicesRules.capabilitiesKept:
      return `Add \`cap_drop: [ALL]\` to ${asked.where}.`;
    case servicesRules.capabilityAdded:
      return `Remove \`${asked.subject}\` from the \`cap_add\` of ${asked.where}, or allow it in the policy for this service.`;
    case servicesRules.engineSocket:
      return `Remove the mount of \`${asked.subject}\` from ${asked.where}.`;
    case servicesRules.noLimit:
      return `Add \`deploy: { resources: { limits: { ${asked.subject === 'cpu' ? "cpus: '1'" : 'memory: 256M'} } } }\` to ${asked.where}.`;
    case servicesRules.noHealthCheck:
      return `Add \`healthcheck: { test: [CMD, …] }\` to ${asked.where}.`;
    default:
      return undefined;
  }
}

function kubernetesFix(rule: Rule, asked: Asked): string | undefined {
  const context = (line: string): string => `Add \`securityContext: { ${line} }\` to ${asked.where}.`;
  switch (rule) {
    case servicesRules.missing:
    case servicesRules.otherProfile:
      return asked.isDefault
        ? context('seccompProfile: { type: RuntimeDefault }')
        : context(`seccompProfile: { type: Localhost, localhostProfile: ${asked.profile} }`);
    case servicesRules.unconfined:
      return `Remove \`privileged: true\` and \`type: Unconfined\` from ${asked.where}; add \`seccompProfile: { type: RuntimeDefault }\`.`;
    case servicesRules.privileged:
      return `Remove \`privileged: true\` from ${asked.where}; add the one capability that is needed to \`capabilities.add\`.`;
    case servicesRules.user:
      return context(`runAsUser: ${(asked['user-above'] ?? 1000) + 1}`);
    case servicesRules.group:
      return context(`runAsGroup: ${(asked['group-above'] ?? 1000) + 1}`);
    case servicesRules.newPrivileges:
      return context('allowPrivilegeEscalation: false');
    case servicesRules.writableRoot:
      return context('readOnlyRootFilesystem: true');
    case servicesRules.capabilitiesKept:
      return context('capabilities: { drop: [ALL] }');
    case servicesRules.capabilityAdded:
      return `Remove \`${asked.subject}\` from the \`capabilities.add\` of ${asked.where}, or allow it in the policy for this service.`;
    case servicesRules.engineSocket:
      return `Remove the mount of \`${asked.subject}\` from ${asked.where}.`;
    case servicesRules.noLimit:
      return `Add \`resources: { limits: { ${asked.subject === 'cpu' ? "cpu: '1'" : 'memory: 256Mi'} } }\` to ${asked.where}.`;
    case servicesRules.noHealthCheck:
      return `Add a \`livenessProbe\` or \`readinessProbe\` to ${asked.where}.`;
    default:
      return undefined;
  }
}
