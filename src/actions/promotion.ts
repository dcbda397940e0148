import type { Context } from '../definition/context.ts';
import { documentDigest, type Document } from '../definition/document.ts';
import { InputProblem } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { readEvidence } from '../evidence/read.ts';
import type { PromotionDecision } from '../promotion/decision.ts';
import type { PromotionPolicy } from '../promotion/policy.ts';
import { decidePromotion } from '../promotion/promote.ts';
import type { ImageReference } from '../registry/reference.ts';
import { homepage, version } from '../definition/about.ts';
import { policyUsed } from './policy-used.ts';
import { loginOf, registryInputs, repositoryOf } from './registry.ts';
import { trustFor, trustInputs } from './trust.ts';

/** Inputs of every action that decides a promotion. */
export const promotionInputs = { ...registryInputs, ...trustInputs };

/** What is asked: may this image enter this stage, by this policy? */
export interface Question {
  readonly image: ImageReference;
  readonly stage: string;
  readonly policy: Document<PromotionPolicy>;
  readonly 'registry-username': string | undefined;
  readonly 'registry-password': string | undefined;
  readonly 'trusted-root': string | undefined;
}

/** Decides in this process; no earlier step's word counts. */
export async function promote(question: Question, context: Context): Promise<PromotionDecision> {
  const { image, stage, policy } = question;
  const repository = await repositoryOf(image, 'pull', loginOf(question), context);
  const verify = await trustFor(question['trusted-root'], context);
  return decidePromotion({
    image,
    stage,
    policy: policy.value,
    policyUsed: policyUsed(policy),
    policyDigests: await policyDigests(policy.value, context),
    protectedRef: context.run?.refProtected,
    now: context.clock.now(),
    serverUrl: context.run?.serverUrl ?? '',
    verifier: `${homepage}/actions/promote@${version}`,
    readEvidence: () => readEvidence(repository, image.digest, verify),
    resolveTag: async (tag) => (await repository.tagged(tag))?.manifest.digest,
  });
}

/** Digests of the policies that clauses name, as they lie in the workspace now. */
async function policyDigests(policy: PromotionPolicy, context: Context): Promise<Map<string, string>> {
  const clauses = Object.values(policy.stages).flatMap(({ require }) => require);
  const names = new Set(clauses.flatMap((clause) => clause.policy ?? []));
  const digests = new Map<string, string>();
  for (const name of names) {
    try {
      digests.set(name, await documentDigest(name, context));
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      throw new UsageError(
        `The promotion policy names the policy \`${name}\`, which cannot be used: ${error.message}.`,
      );
    }
  }
  return digests;
}
