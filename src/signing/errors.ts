import type { Rule } from '../report/rule.ts';

/** Signing or trust failed for a reason with a rule of its own. The message is a sentence without any secret. */
export class SigningError extends Error {
  override readonly name = 'SigningError';
  readonly rule: Rule;
  constructor(rule: Rule, message: string, cause?: unknown) {
    super(message, { cause });
    this.rule = rule;
  }
}

/** A bundle does not prove what it should. The message is a sentence that says why. */
export class BundleRefused extends Error {
  override readonly name = 'BundleRefused';
}
