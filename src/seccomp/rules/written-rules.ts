import type { OciRule } from '../loading/profile.ts';
import type { Case, JudgedProfile } from './profile-rule.ts';

/** A rule of the file, with the cases in which it counts. */
export interface CountingRule {
  readonly rule: OciRule;
  readonly cases: readonly Case[];
}

/** Every rule that counts in some case, once, in the file's order. */
export function uniqueRules({ cases }: JudgedProfile): CountingRule[] {
  const rules = new Map<OciRule['source'], { rule: OciRule; cases: Case[] }>();
  for (const one of cases) {
    for (const rule of one.loaded?.syscalls ?? []) {
      const known = rules.get(rule.source) ?? { rule, cases: [] };
      known.cases.push(one);
      rules.set(rule.source, known);
    }
  }
  return [...rules.values()].sort(
    (a, b) => a.rule.source.line - b.rule.source.line || a.rule.source.column - b.rule.source.column,
  );
}
