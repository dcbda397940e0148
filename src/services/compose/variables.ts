import { get, type Entry, type Node } from '../../documents/node.ts';
import type { Finding } from '../../report/report.ts';
import { placeOf } from '../fields.ts';
import { servicesRules } from '../rules.ts';
import type { VariableProblems } from './file.ts';

/** What decides how a service is confined; a variable elsewhere (an image's tag, a password) is the deployment's business. */
const confining = [
  ...['privileged', 'cap_add', 'cap_drop', 'user', 'read_only', 'security_opt', 'volumes', 'use_api_socket'],
  ...['deploy', 'mem_limit', 'cpus', 'cpu_quota', 'healthcheck', 'build'],
];

/** Variables without value that decide how a service is confined. */
export function variableFindings({ key, value: service }: Entry, problems: VariableProblems): Finding[] {
  if (problems.size === 0) return [];
  const resource = `service/${String(key.value)}`;
  return confining.flatMap((name) => {
    const node = name === 'deploy' ? get(get(get(service, 'deploy'), 'resources'), 'limits') : get(service, name);
    return scalarsBelow(node).flatMap((scalar) =>
      (problems.get(scalar) ?? []).flatMap((problem): Finding[] => {
        const place = { ...placeOf(scalar), resource };
        if (problem.kind === 'unset')
          return [
            {
              rule: servicesRules.variableUnset,
              message: `\`${name}\` uses the variable \`${problem.variable}\`, which is not set.`,
              place,
            },
          ];
        if (problem.kind === 'invalid') return [];
        const reason = problem.reason === '' ? '' : `: ${problem.reason}`;
        return [
          {
            rule: servicesRules.variableRequired,
            message: `\`${name}\` needs the variable \`${problem.variable}\`, which is not set${reason}.`,
            place,
          },
        ];
      }),
    );
  });
}

function scalarsBelow(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return [node];
  const below = node.kind === 'sequence' ? node.items : node.entries.map(({ value }) => value);
  return below.flatMap(scalarsBelow);
}
