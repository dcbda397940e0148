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
});
