import type { Context } from '../definition/context.ts';
import type { Document } from '../definition/inputs.ts';
import type { PromotionDecision } from '../promotion/decision.ts';
import type { PromotionPolicy } from '../promotion/policy.ts';
import type { ImageReference } from '../registry/reference.ts';

// PLACEHOLDER until the promote action is merged: its own file of this name replaces it.

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
export function promote({ stage }: Question, { root }: Context): Promise<PromotionDecision> {
  return Promise.reject(new Error(`promotion to ${stage} is not built yet (${root})`));
}
