import type { EvidenceFound, RejectedStatement } from '../evidence/read.ts';
import { RegistryError } from '../registry/errors.ts';
import type { ImageReference } from '../registry/reference.ts';
import { decide, type Finding, type PolicyUsed, type Section } from '../report/report.ts';
import { count } from '../report/text.ts';
import { judgeStage, type ClauseResult } from './clauses.ts';
import type { PromotionDecision } from './decision.ts';
import type { PromotionPolicy } from './policy.ts';
import { promotionRules } from './rules.ts';
import { verificationSummary } from './summary.ts';

/** What is asked, and what is needed to answer. */
export interface PromotionRequest {
  readonly image: ImageReference;
  readonly stage: string;
  readonly policy: PromotionPolicy;
  readonly policyUsed: PolicyUsed;
  /** Digests of the policy files that clauses name, by the name in the clause. */
  readonly policyDigests: ReadonlyMap<string, string>;
  /** Whether the policy was read from a ref that only reviewed changes reach; undefined outside a workflow run. */
  readonly protectedRef: boolean | undefined;
  readonly now: Date;
  /** Address of this run's forge; empty outside a workflow run. */
  readonly serverUrl: string;
  /** URI of the gate with its version. */
  readonly verifier: string;
  /** Reads and verifies what is attached to the digest; rejects with a RegistryError. */
  readonly readEvidence: () => Promise<EvidenceFound>;
  /** Digest that a tag of the image's repository names now, or undefined; rejects with a RegistryError. */
  readonly resolveTag: (tag: string) => Promise<string | undefined>;
}

/** Decides whether a digest may enter a stage. Everything it says comes from verified statements and the policy. */
export async function decidePromotion(request: PromotionRequest): Promise<PromotionDecision> {
  const findings: Finding[] = [...policyFindings(request)];
  let results: ClauseResult[] = [];
  try {
    findings.push(...(await tagFindings(request)));
    const { verified, rejected } = await request.readEvidence();
    results = judgeStage(request.stage, { ...request, statements: verified });
    findings.push(...results.flatMap((result) => clauseFindings(result, request)), ...rejectedFindings(rejected));
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    findings.push({
      rule: promotionRules.evidenceUnreadable,
      message: error.message,
      place: { resource: request.image.text },
    });
  }
  const verdict = decide(findings);
  const inputs = results.flatMap(({ statement }) => statement ?? []);
  return {
    verdict,
    findings,
    table: clauseTable(results, request.stage),
    policy: request.policyUsed,
    summary: verificationSummary({
      ...request,
      policy: request.policyUsed,
      resource: request.image.text,
      verdict,
      inputs,
    }),
  };
}

function policyFindings({ policy, stage, policyUsed, protectedRef }: PromotionRequest): Finding[] {
  const place = { file: policyUsed.uri };
  const known = Object.keys(policy.stages).join(', ');
  return [
    ...(Object.hasOwn(policy.stages, stage)
      ? []
      : [
          {
            rule: promotionRules.unknownStage,
            message: `There is no stage \`${stage}\`; the policy has ${known}.`,
            place,
          },
        ]),
    ...(protectedRef === false
      ? [
          {
            rule: promotionRules.unprotectedPolicy,
            message: 'The ref that the policy was read from is not protected.',
            place,
          },
        ]
      : []),
  ];
}

async function tagFindings({ image, resolveTag }: PromotionRequest): Promise<Finding[]> {
  if (image.tag === undefined) return [];
  const now = await resolveTag(image.tag);
  if (now === image.digest) return [];
  const message = `The tag \`${image.tag}\` names ${now ?? 'nothing'} now, not ${image.digest}.`;
  return [{ rule: promotionRules.tagMoved, message, place: { resource: image.text } }];
}

function clauseFindings(
  { clause, needed, found, broken }: ClauseResult,
  { image, stage }: PromotionRequest,
): Finding[] {
  if (broken === undefined) return [];
  const message = `Stage ${stage} needs ${clause} (${needed}); found: ${found}.`;
  return [{ rule: broken, message, place: { resource: image.text } }];
}

/** Attachments that are named one by one; anybody who may push can attach any number. */
const namedAtMost = 10;

/** What was there but does not count. It may be what a clause misses, or a newer word than the one that counted. */
function rejectedFindings(rejected: readonly RejectedStatement[]): Finding[] {
  const rule = promotionRules.attachmentRejected;
  const named = rejected.slice(0, namedAtMost).map(({ referrer, reason }) => `${referrer} does not count: ${reason}`);
  const [next, ...more] = rejected.slice(namedAtMost);
  const rest =
    next &&
    `${count(more.length + 1, 'more attachment does', 'more attachments do')} not count; the first: ${next.reason}`;
  return [...named, ...(rest === undefined ? [] : [rest])].map((message) => ({ rule, message }));
}

function clauseTable(results: readonly ClauseResult[], stage: string): Section {
  return {
    title: `Promotion to ${stage}`,
    columns: ['Clause', 'Needed', 'Found', 'Result'],
    rows: results.map(({ clause, needed, found, broken }) => [
      clause,
      needed,
      found,
      broken === undefined ? 'met' : broken.id,
    ]),
  };
}
