import { listed } from '../../report/text.ts';
import { enosys } from '../bpf/action.ts';
import { casesText } from './cases.ts';
import { denialOf } from './calls.ts';
import { placeOfDefault } from './places.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';

/** Calls for which libraries have an older way that they take after ENOSYS only: glibc, musl, Go, libuv (their sources, 2024). `clone3` has a rule of its own. */
const withFallback = [
  ...[
    'statx',
    'faccessat2',
    'fchmodat2',
    'openat2',
    'renameat2',
    'copy_file_range',
    'close_range',
    'preadv2',
    'pwritev2',
  ],
  ...['epoll_pwait2', 'futex_waitv', 'getrandom', 'memfd_create', 'pidfd_open', 'rseq', 'membarrier'],
];

function refusedIn({ environment: { host }, outcome: { filter } }: FilteredCase): string[] {
  return withFallback.filter((name) => {
    const denial = denialOf(filter, host, name);
    return denial !== undefined && !(denial.kind === 'errno' && denial.errno === enosys);
  });
}

export const newCalls: ProfileRule = {
  isAboutMissing: true,
  rule: {
    id: 'seccomp/new-call-error',
    title: 'Newer calls are denied with an error other than ENOSYS',
    why: 'Libraries take the older way after ENOSYS; EPERM they take for the answer and give up, and what runs today breaks with the next update of a base image.',
    fix: 'Deny with `"defaultErrnoRet": 38` (ENOSYS), or name these calls in a rule with `"errnoRet": 38`, or allow them.',
    outcome: 'warning',
    reference: 'https://github.com/opencontainers/runc/issues/2151',
  },
  check(profile) {
    const groups = Map.groupBy(
      profile.filtered.filter((one) => refusedIn(one).length > 0),
      (one) => refusedIn(one).join(', '),
    );
    const [first] = profile.filtered;
    if (groups.size === 0 || first === undefined) return [];
    const parts = [...groups].map(
      ([names, cases]) => `under ${casesText(cases, profile.filtered)} ${listed(names.split(', '))}`,
    );
    return [
      findingAt(
        profile,
        newCalls.rule,
        `Newer calls do not get ENOSYS: ${parts.join('; ')}.`,
        placeOfDefault(first.loaded),
      ),
    ];
  },
};
