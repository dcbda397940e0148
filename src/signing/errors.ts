import type { Rule } from '../report/rule.ts';

/** Signing failed for a reason with a rule of its own. The message is a sentence without any secret. */
export class SigningError extends Error {
  override readonly name = 'SigningError';
  readonly rule: Rule;
  constructor(rule: Rule, message: string, cause?: unknown) {
    super(message, { cause });
    this.rule = rule;
  }
}

/** A trusted root or a signing configuration cannot be used. The message finishes the sentence "it cannot be used: …". */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

/** A bundle does not prove what it should. The message is a sentence that says why. */
export class BundleRefused extends Error {
  override readonly name = 'BundleRefused';
}
