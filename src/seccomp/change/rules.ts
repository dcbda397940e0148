import { defineRules } from '../../report/rule.ts';

const why =
  'A call that was closed is open now to whoever gets into the service. Reviewers see a changed list of names, not what it lets through.';
const fix =
  'Take the call out again. If the service needs it, waive it in the policy with an owner, a reason and a day on which it ends.';

/** What a pull request can do to the profiles of its base branch. */
export const changeRules = defineRules({
  loosening: {
    id: 'seccomp/loosening',
    title: 'The change lets a service make a system call that it could not make before',
    why,
    fix,
    outcome: 'fail',
  },
  looseningTolerated: {
    id: 'seccomp/loosening-tolerated',
    title: 'The change lets a service make a system call that it could not make before, and the policy tolerates it',
    why,
    fix,
    outcome: 'warning',
  },
  undecided: {
    id: 'seccomp/change-undecided',
    title: 'What a change does to a system call is not known',
    why: 'The conditions on its arguments overlap in a way in which runtimes are not known to agree.',
    fix: 'Write the conditions of this call as rules that do not overlap.',
    outcome: 'inconclusive',
  },
  baseUnreadable: {
    id: 'seccomp/base-unreadable',
    title: 'The base of the pull request cannot be read',
    why: 'Without it nobody knows whether the change loosens a profile.',
    fix: 'Give actions/checkout `fetch-depth: 2`, which brings the base of a pull request along.',
    outcome: 'inconclusive',
  },
});
