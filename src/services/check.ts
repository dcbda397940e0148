import type { Finding, Place } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';
import { listed } from '../report/text.ts';
import type { Requirements, ServicesPolicy } from './requirements.ts';
import { fixFor } from './fix.ts';
import { isLike } from '../documents/like.ts';
import { profileFinding } from './profile-check.ts';
import { servicesRules } from './rules.ts';
import type { Placed, Service } from './service.ts';

/**
 * Holds services against a policy: what each of the matching entries asks for, and whether each entry is about anything.
 * @param root absolute path of the workspace, from which the policy names profiles
 * @param policyFile names the policy in findings about it
 */
export function checkServices(
  services: readonly Service[],
  policy: ServicesPolicy,
  root: string,
  policyFile?: string,
): Finding[] {
  return [
    ...services.flatMap((service) => checkService(service, requirementsFor(service, policy), root)),
    ...unmatched(services, policy, policyFile),
  ];
}

/** What a policy asks of a service: each key as the last matching entry has it. */
export function requirementsFor(service: Service, policy: ServicesPolicy): Requirements {
  const matching = policy.filter(({ match }) => matches(service, match)).map((entry) => entry.require);
  return Object.assign({}, ...matching) as Requirements;
}

type Match = ServicesPolicy[number]['match'];

function matches({ name, image, labels }: Service, match: Match): boolean {
  if (match?.name !== undefined && !isLike(name, match.name)) return false;
  if (match?.image !== undefined && !isLike(image ?? '', match.image)) return false;
  if (match?.label === undefined) return true;
  const [, label = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(match.label) ?? [];
  return value === undefined ? labels.has(label) : labels.get(label) === value;
}

function unmatched(services: readonly Service[], policy: ServicesPolicy, file: string | undefined): Finding[] {
  if (services.length === 0) return [];
  return policy.flatMap(({ match }, at) => {
    if (match === undefined || services.some((service) => matches(service, match))) return [];
    const asked = Object.entries(match).map(([key, value]) => `${key} \`${value}\``);
    const message = `Entry ${at + 1} of \`services\` matches no service: ${asked.join(', ')}.`;
    const finding = { rule: servicesRules.matchesNothing, message, subject: String(at + 1) };
    return [file === undefined ? finding : { ...finding, place: { file } }];
  });
}

/** One service against what is asked of it. */
function checkService(service: Service, required: Requirements, root: string): Finding[] {
  const { privileged, user, limits } = service;
  const say = (rule: Rule, message: string, culprit?: Placed<unknown>, subject?: string): Finding => {
    const place: Place = { ...(culprit?.place ?? service.place), resource: service.resource };
    const finding = {
      rule,
      message: `${called(service)} ${message}`,
      place,
      fix: fixFor(rule, service, required, subject),
    };
    return subject === undefined ? finding : { ...finding, subject };
  };
  const findings: Finding[] = [];

  if (required.profile !== undefined) findings.push(...profileFinding(service, required.profile, root, say));
  if (required.privileged !== undefined && privileged.value)
    findings.push(say(servicesRules.privileged, 'is privileged.', privileged));

  const { uid, gid, text } = user.value;
  const userAbove = required['user-above'];
  if (userAbove !== undefined && !(uid !== undefined && uid > userAbove))
    findings.push(say(servicesRules.user, `${runsAs('user', uid, text)}; asked is one above ${userAbove}.`, user));
  const groupAbove = required['group-above'];
  if (groupAbove !== undefined && !(gid !== undefined && gid > groupAbove))
    findings.push(say(servicesRules.group, `${runsAs('group', gid, text)}; asked is one above ${groupAbove}.`, user));

  if (required['no-new-privileges'] === true && !service.noNewPrivileges.value)
    findings.push(say(servicesRules.newPrivileges, 'may gain privileges.', service.noNewPrivileges));
  if (required['read-only-root'] === true && !service.readOnlyRoot.value)
    findings.push(say(servicesRules.writableRoot, 'can write its root file system.', service.readOnlyRoot));
  if (required['drop-all-capabilities'] === true && !service.droppedCapabilities.some(({ value }) => value === 'ALL')) {
    const dropped = service.droppedCapabilities.map(({ value }) => value);
    const message = dropped.length === 0 ? 'drops no capability.' : `drops only ${listed(dropped)}.`;
    findings.push(say(servicesRules.capabilitiesKept, message, service.droppedCapabilities[0]));
  }
  const allowed = required['added-capabilities'];
  if (allowed !== undefined)
    findings.push(
      ...service.addedCapabilities
        .filter(({ value }) => !allowed.includes(value))
        .map((added) => say(servicesRules.capabilityAdded, `adds the capability ${added.value}.`, added, added.value)),
    );
  if (required['engine-socket'] !== undefined)
    findings.push(
      ...service.engineSockets.map((socket) =>
        say(servicesRules.engineSocket, `mounts \`${socket.value}\` of the host.`, socket, socket.value),
      ),
    );
  findings.push(
    ...(required.limits ?? [])
      .filter((resource) => !limits.value[resource])
      .map((resource) => say(servicesRules.noLimit, `has no limit for ${resource}.`, limits, resource)),
  );
  if (required['health-check'] === true && !service.healthCheck.value && !service.endsByItself)
    findings.push(say(servicesRules.noHealthCheck, 'has no health check.', service.healthCheck));
  return findings;
}

function called({ kind, name }: Service): string {
  return kind === 'compose' ? `Service \`${name}\`` : `Container \`${name}\``;
}

function runsAs(what: 'user' | 'group', id: number | undefined, written: string): string {
  if (id !== undefined) return `runs as ${what} ${id}`;
  return written === '' ? `names no ${what}, so its image decides` : `names no ${what} by number (\`${written}\`)`;
}
