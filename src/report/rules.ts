import { defineRules } from './rule.ts';

/** Rules that belong to every gate. */
export const gateRules = defineRules({
  nothingExamined: {
    id: 'gate/nothing-examined',
    title: 'The gate found nothing to look at',
    why: 'A gate that measured nothing has proved nothing. Silence must not pass.',
    fix: 'Check the paths and names given to the action: they match nothing.',
    outcome: 'inconclusive',
  },
  noProgram: {
    id: 'gate/no-program',
    title: 'A program that the gate runs cannot be had, or is not the pinned one',
    why: 'What was not run has measured nothing, and bytes without the pinned digest may do anything.',
    fix: 'Check the network and the tool cache, or give the path of the program.',
    outcome: 'inconclusive',
  },
});
