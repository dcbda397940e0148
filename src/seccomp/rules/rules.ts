import type { Rule } from '../../report/rule.ts';
import { seccompRules } from '../rules.ts';
import { profileRules } from './all.ts';

const structural: readonly Rule[] = Object.values(seccompRules);

/** The rules of this folder by id, for docs/rules.md; those of the structure of a file are in ../rules.ts. */
export const judgedRules: Readonly<Record<string, Rule>> = Object.fromEntries(
  profileRules
    .map(({ rule }) => rule)
    .filter((rule) => !structural.includes(rule))
    .map((rule) => [rule.id, rule]),
);
