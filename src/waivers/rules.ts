import { defineRules } from '../report/rule.ts';

/** What can be wrong with the waivers of a policy. */
export const waiverRules = defineRules({
  waived: {
    id: 'waiver/used',
    title: 'A finding is waived',
    why: 'Somebody answers for it until the day given; then it fails again.',
    fix: 'Do what the waived rule asks for, and remove the waiver.',
    outcome: 'note',
  },
  expired: {
    id: 'waiver/expired',
    title: 'A waiver has expired',
    why: 'An exception without an end is a hole that nobody looks at any more.',
    fix: 'Do what the waived rule asks for and remove the waiver, or have its owner decide again with a new day.',
    outcome: 'fail',
  },
  ending: {
    id: 'waiver/ending',
    title: 'A waiver ends within two weeks',
    why: 'On the day after its last one the gate fails.',
    fix: 'Do what the waived rule asks for, or have its owner decide again.',
    outcome: 'warning',
  },
  unused: {
    id: 'waiver/unused',
    title: 'A waiver waives nothing',
    why: 'The cause is gone, or the waiver is misspelt; the next finding that it fits would pass unseen.',
    fix: 'Remove it.',
    outcome: 'warning',
  },
});
