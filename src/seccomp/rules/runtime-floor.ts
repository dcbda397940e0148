import type { Finding } from '../../report/report.ts';
import type { Rule } from '../../report/rule.ts';
import type { Runtime } from '../loading/profile.ts';
import { denialOf } from './calls.ts';
import { casesText } from './cases.ts';
import { placeOfDefault } from './places.ts';
import { findingAt, type FilteredCase, type JudgedProfile, type ProfileRule } from './profile-rule.ts';

const runc = ['close', 'execve', 'fstatfs', 'getdents64', 'openat', 'rt_sigreturn', 'write'];
const runcPrivileged = [
  ...['capget', 'capset', 'chdir', 'fstat', 'getppid', 'newfstatat', 'prctl', 'read', 'setgid', 'setgroups', 'setuid'],
];
const crunPrivileged = ['capset', 'prctl', 'rt_sigaction', 'rt_sigprocmask', 'setresgid', 'setresuid', 'write'];

/**
 * Calls that a runtime makes between installing the filter and starting the program, and that are fatal to it when denied: measured by denying
 * one at a time, with runc 1.1.5 and crun 1.8.1; of the newer ones what a recording shows beyond. With no-new-privileges the filter is
 * installed last; without it, before capabilities are dropped and the user is changed.
 */
const needs: Readonly<Record<Runtime, Readonly<Record<'always' | 'withoutNoNewPrivileges', readonly string[]>>>> = {
  'runc 1.1.5': { always: runc, withoutNoNewPrivileges: runcPrivileged },
  'runc 1.3.6': { always: [...runc, 'openat2', 'statx'], withoutNoNewPrivileges: runcPrivileged },
  'crun 1.8.1': { always: ['execve'], withoutNoNewPrivileges: crunPrivileged },
  'crun 1.28': { always: ['execve'], withoutNoNewPrivileges: crunPrivileged },
};

function missing(one: FilteredCase, when: 'always' | 'withoutNoNewPrivileges'): string {
  const { environment, outcome } = one;
  return needs[environment.runtime][when]
    .filter((name) => denialOf(outcome.filter, environment.host, name) !== undefined)
    .join(', ');
}

function findingFor(profile: JudgedProfile, rule: Rule, when: 'always' | 'withoutNoNewPrivileges'): Finding[] {
  const groups = Map.groupBy(
    profile.filtered.filter((one) => missing(one, when) !== ''),
    (one) => missing(one, when),
  );
  const [first] = [...groups.values()].flat();
  if (first === undefined) return [];
  const parts = [...groups].map(([names, cases]) => `${casesText(cases, profile.filtered)} without ${names}`);
  return [findingAt(profile, rule, `No container starts under ${parts.join('; ')}.`, placeOfDefault(first.loaded))];
}

export const runtimeFloor: ProfileRule = {
  isAboutMissing: true,
  rule: {
    id: 'seccomp/runtime-floor',
    title: 'The runtime itself cannot work under the profile',
    why: 'The filter is installed before the program is started, so the last calls of the runtime meet it too: the container ends with an error that names no profile.',
    fix: 'Allow the calls that are named.',
    outcome: 'fail',
  },
  check: (profile) => findingFor(profile, runtimeFloor.rule, 'always'),
};

export const needsNoNewPrivileges: ProfileRule = {
  isAboutMissing: true,
  rule: {
    id: 'seccomp/needs-no-new-privileges',
    title: 'The profile works with no-new-privileges only',
    why: 'Without it the runtime installs the filter before it drops capabilities and changes the user, and needs the calls for that under the filter.',
    fix: 'Give the service `no-new-privileges:true` (Kubernetes: `allowPrivilegeEscalation: false`), which it should have anyway.',
    outcome: 'note',
  },
  check: (profile) => findingFor(profile, needsNoNewPrivileges.rule, 'withoutNoNewPrivileges'),
};
