import { identityDifference, type ExpectedIdentity } from './claims.ts';
import { BundleRefused, SigningError } from './errors.ts';
import { signingRules } from './rules.ts';
import type { SignStatement } from './sign.ts';
import type { Verified, VerifyBundle } from './verify.ts';

/** A statement with its signature, verified as those will who read it. */
export interface SignedStatement {
  readonly bundle: Uint8Array;
  readonly verified: Verified;
}

/**
 * Signs a statement and checks the result: against the trusted root, the bytes, and the identity of this run. The
 * services could have signed in another name, or be none that the readers trust.
 * @throws SigningError
 */
export async function signChecked(
  statement: Uint8Array,
  sign: SignStatement,
  verify: VerifyBundle,
  expected: ExpectedIdentity,
): Promise<SignedStatement> {
  const bundle = await sign(statement);
  const failed = (why: string, cause?: unknown): SigningError =>
    new SigningError(signingRules.selfCheckFailed, `The signature that was just made does not verify. ${why}`, cause);
  let verified: Verified;
  try {
    verified = verify(bundle);
  } catch (error) {
    throw error instanceof BundleRefused ? failed(error.message, error) : error;
  }
  if (Buffer.compare(verified.payload, statement) !== 0) throw failed('It is of another statement.');
  const difference = identityDifference(verified.identity, expected);
  if (difference !== undefined) throw failed(difference);
  return { bundle, verified };
}
