import { count } from '../../report/text.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';
import { uniqueRules } from './written-rules.ts';

/** crun reads no more than six conditions of a rule. */
const read = 6;

export const sameArgument: ProfileRule = {
  rule: {
    id: 'seccomp/same-argument',
    title: 'A rule has two conditions on one argument',
    why:
      'Every runtime then takes each of its conditions for a rule of its own, those on other arguments too: any of them suffices. A range such as ' +
      '"more than 10 and less than 20" matches every value.',
    fix: 'Write a rule for each allowed value, or one SCMP_CMP_MASKED_EQ.',
    outcome: 'fail',
    reference: 'https://github.com/opencontainers/runc/issues/2735',
  },
  check(profile) {
    return uniqueRules(profile).flatMap(({ rule: { names, args, source } }) => {
      const indices = args.map(({ index }) => index);
      const twice = [...new Set(indices.filter((index, at) => indices.indexOf(index) !== at))];
      if (twice.length === 0) return [];
      const more = args.length > read ? ` crun reads the first ${read} of its ${args.length} conditions only.` : '';
      const message = `\`${names.join(', ')}\`: ${count(args.length, 'condition')} with two on argument ${twice.join(', ')}; any one of them suffices.${more}`;
      return [
        findingAt(profile, sameArgument.rule, message, args[indices.lastIndexOf(twice[0] ?? 0n)]?.source ?? source),
      ];
    });
  },
};
