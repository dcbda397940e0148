import type { Architecture } from '../syscalls/architectures.ts';
import { architectures as facts } from '../syscalls/architectures.ts';
import { grouped } from '../groups.ts';
import { alwaysNeeded, clockCalls, runtimeNeeds, successors } from './needs.ts';

/** What a profile is written from. */
export interface Allowance {
  /** Calls that the program makes. */
  readonly names: readonly string[];
  /** Machine it was recorded on. */
  readonly host: 'x86_64' | 'aarch64';
  /** Second architectures of that machine that the program was seen to use. */
  readonly further: readonly Architecture[];
  /** Socket families by their number, with what each is for. */
  readonly families?: readonly (readonly [number, string])[];
}

/** include/linux/socket.h. AF_ALG (38) and AF_VSOCK (40), which containers have been left by, are not among them. */
const usualFamilies: readonly (readonly [number, string])[] = [
  [1, 'local sockets'],
  [2, 'IPv4'],
  [10, 'IPv6'],
  [16, 'netlink, by which names and addresses are looked up'],
];
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET of include/uapi/linux/sched.h. */
const newNamespaces = 0x7e020000;
const allow = 'SCMP_ACT_ALLOW';

/**
 * A profile in Docker's format that allows these calls and no more. The same input gives the same text.
 *
 * What it denies gets ENOSYS, as if the kernel were older: programs then use what they used before that call existed, a library that is
 * newer than the profile does not break, and runc (which answers so above the highest number that a profile names) and crun mean the
 * same. `clone` makes no namespaces; `clone3` keeps its flags where no filter can read them, so it is denied and `clone` allowed instead.
 */
export function profileText({ names, host, further, families = usualFamilies }: Allowance): string {
  const wanted = new Set([...names, ...alwaysNeeded, ...clockCalls]);
  if (wanted.delete('clone3')) wanted.add('clone');
  for (const name of [...wanted]) successors.get(name)?.forEach((successor) => wanted.add(successor));
  const makesSockets = wanted.delete('socket');
  const makesThreads = wanted.delete('clone');
  const own = runtimeNeeds.filter((name) => !wanted.has(name)).sort();
  const rules = [
    ...grouped(wanted).map(({ title, names: group }) => ({ comment: title, names: group, action: allow })),
    ...(own.length === 0
      ? []
      : [{ comment: 'what runc and crun call before the program is executed', names: own, action: allow }]),
    ...(makesThreads
      ? [
          {
            comment: 'threads and processes, and no new namespaces',
            names: ['clone'],
            action: allow,
            args: [{ index: 0, value: newNamespaces, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
          },
        ]
      : []),
    {
      comment: 'its flags cannot be filtered; callers fall back to clone',
      names: ['clone3'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: 38,
    },
    ...(makesSockets ? families.map(([family, purpose]) => socketRule(family, purpose)) : []),
  ];
  const archMap = [
    { architecture: facts[host].scmp, subArchitectures: further.map((name) => facts[name].scmp) },
    // Its calls are those of x86_64 without the old ones; the other way round something would be missing.
    ...(host === 'x86_64' ? [{ architecture: facts.aarch64.scmp, subArchitectures: [] }] : []),
  ];
  const profile = { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38, archMap, syscalls: rules };
  return `${JSON.stringify(profile, undefined, 2)}\n`;
}

function socketRule(family: number, purpose: string): object {
  return {
    comment: `sockets: ${purpose}`,
    names: ['socket'],
    action: allow,
    args: [{ index: 0, value: family, valueTwo: 0, op: 'SCMP_CMP_EQ' }],
  };
}
