import type { Finding } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';

/** Why there is no scan to judge. {@link measure} catches it; it never leaves this folder. */
export class NotMeasured extends Error {
  override readonly name = 'NotMeasured';
  readonly finding: Finding;
  constructor(rule: Rule, message: string) {
    super(message);
    this.finding = { rule, message };
  }
}
