/** What a finding does to the verdict; `warning` and `note` leave it alone. */
export type Outcome = 'fail' | 'inconclusive' | 'warning' | 'note';

/** Findings are shown in this order. */
export const outcomesWorstFirst: readonly Outcome[] = ['fail', 'inconclusive', 'warning', 'note'];

/** What a gate checks. `id` is `<field>/<kebab-case>` and stays the same for ever. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly outcome: Outcome;
  /** Where to read more: a specification, an advisory, a manual. */
  readonly reference?: string;
}

/** Keeps the names of a rule table while checking its shape. */
export function defineRules<Names extends string>(rules: Record<Names, Rule>): Readonly<Record<Names, Rule>> {
  return rules;
}
