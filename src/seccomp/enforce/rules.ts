import { defineRules } from '../../report/rule.ts';

const dockerReference = 'https://docs.docker.com/engine/security/seccomp/';

/** What starting a service under its profile can show. */
export const enforceRules = defineRules({
  doesNotStart: {
    id: 'seccomp/does-not-start',
    title: 'A service does not start under its profile',
    why: 'The same command starts without the profile and fails with it: so it will on the machine that runs it.',
    fix: 'Allow the calls that are named as fatal; the patch does it.',
    outcome: 'fail',
    reference: dockerReference,
  },
  endsOtherwise: {
    id: 'seccomp/ends-otherwise',
    title: 'A service starts under its profile, and ends otherwise than without it',
    why: 'What a service does last is what saves its data: a call that is missing then loses it at each update.',
    fix: 'Allow the calls that are named; the patch does it.',
    outcome: 'fail',
  },
  runtimesDiffer: {
    id: 'seccomp/start-differs',
    title: 'A service starts under its profile with one runtime and not with another',
    why: 'runc answers calls that a profile does not know with ENOSYS, crun as the profile says: the service breaks when the machine changes its runtime.',
    fix: 'Apply the patch, and use SCMP_ACT_ERRNO with `defaultErrnoRet` 38, which means the same to both.',
    outcome: 'fail',
  },
  profileRefused: {
    id: 'seccomp/profile-refused',
    title: 'The runtime does not take the profile',
    why: 'No container starts under it.',
    fix: 'Correct what the runtime says; `slipway seccomp explain` shows what it understands.',
    outcome: 'fail',
  },
  filterNotLoaded: {
    id: 'seccomp/filter-not-loaded',
    title: 'The runtime started the service without a filter',
    why: 'The kernel counts no filter on the process, so the profile protects nothing, whatever it says.',
    fix: 'Check that the profile has a `defaultAction` and a `syscalls` list, and how the runtime is called.',
    outcome: 'fail',
  },
  controlFailed: {
    id: 'seccomp/control-failed',
    title: 'A service does not start here without a profile either',
    why: 'Whatever keeps it from starting, nothing was learnt of its profile.',
    fix: 'Give the start what the service needs: its command, environment, writable folders, and a check of its readiness that needs no other service.',
    outcome: 'inconclusive',
  },
  ignoresStop: {
    id: 'seccomp/ignores-stop-signal',
    title: 'A service does not stop when it is asked to, with and without its profile',
    why: 'It is killed at each update, after a wait. The first process of a container gets only the signals that it handles.',
    fix: 'Handle the signal, name the one that the program handles (STOPSIGNAL), or start it through an init.',
    outcome: 'warning',
  },
  cannotBeTried: {
    id: 'seccomp/cannot-be-tried',
    title: 'A service that the policy wants started cannot be started',
    why: 'The policy asks for a proof that nobody made.',
    fix: 'Correct the entry of `starts` in the policy, or the service that it names.',
    outcome: 'inconclusive',
  },
  enforcementMissing: {
    id: 'seccomp/enforcement-missing',
    title: 'Starting services under their profiles is required, and nothing here can do it',
    why: 'A profile that was only read is not proven: `enforce: require` asks for the proof.',
    fix: 'Run on Linux with runc or crun (or docker or podman) and with root or sudo without a password, or set `enforce: auto`.',
    outcome: 'inconclusive',
  },
  notEnforced: {
    id: 'seccomp/not-enforced',
    title: 'No service was started under its profile',
    why: 'The profiles were read and evaluated, and not enforced: whether the services start under them is not known.',
    fix: 'Run on Linux with runc or crun (or docker or podman) and with root or sudo without a password.',
    outcome: 'note',
  },
});
