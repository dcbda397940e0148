import type { Rule } from '../report/rule.ts';
import { forgeOf } from '../signing/claims.ts';
import type { SignerIdentity } from '../signing/identity.ts';
import type { PromotionPolicy, Signer } from './policy.ts';
import { promotionRules } from './rules.ts';

/** Why an identity is not the one that a clause asks for. */
export interface IdentityProblem {
  readonly rule: Rule;
  readonly found: string;
}

/**
 * Compares who signed with who may sign. Everything is compared whole and comes from the certificate: issuer, source
 * repository with its number and ref, workflow file, and the ref or commit of that file.
 * @param serverUrl address of this run's forge
 */
export function identityProblem(
  identity: SignerIdentity,
  policy: PromotionPolicy,
  signer: Signer,
  serverUrl: string,
): IdentityProblem | undefined {
  const { issuer, name, sourceRepositoryUri = '', sourceRepositoryId = '', sourceRepositoryRef = '' } = identity;
  if (issuer !== policy.issuer) return { rule: promotionRules.wrongIssuer, found: issuer };
  const forge = forgeOf(issuer, serverUrl);
  const { repository, id, refs } = policy.source;
  if (
    sourceRepositoryUri !== `${forge}/${repository}` ||
    sourceRepositoryId !== id ||
    !refs.includes(sourceRepositoryRef)
  ) {
    const found = `${sourceRepositoryUri || 'no repository'} (id ${sourceRepositoryId || 'none'}) at ${sourceRepositoryRef || 'no ref'}`;
    return { rule: promotionRules.wrongSource, found };
  }
  return signsAsTrusted(identity, signer, forge) ? undefined : { rule: promotionRules.wrongSigner, found: name };
}

/** Name `<forge>/<workflow>@<ref>`; a trusted commit may stand behind any ref. */
function signsAsTrusted(
  { name, buildSignerDigest = '' }: SignerIdentity,
  { workflow, at }: Signer,
  forge: string,
): boolean {
  const prefix = `${forge}/${workflow}@`;
  if (!name.startsWith(prefix)) return false;
  const signedAt = name.slice(prefix.length);
  return at.includes(signedAt) || at.includes(buildSignerDigest);
}
