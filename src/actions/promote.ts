import { defineAction } from '../definition/define.ts';
import type { Context } from '../definition/context.ts';
import { document } from '../definition/document.ts';
import { duration, image, secret, stageName } from '../definition/inputs.ts';
import { ForgeError } from '../effects/forge.ts';
import type { PromotionDecision } from '../promotion/decision.ts';
import { promotionRules } from '../promotion/rules.ts';
import { conclude, type Finding, type Report } from '../report/report.ts';
import { checkMaxBytes, renderMarkdown } from '../report/markdown.ts';
import { promote, promotionInputs } from './promotion.ts';
import { subjectsOf } from './subjects.ts';

/** Time between two looks while the bake time of the stage before is awaited. */
const lookEvery = 5000;

export const promoteAction = defineAction({
  name: 'promote',
  title: 'Promotion',
  description: 'Let an image by digest enter a stage only when its signed evidence satisfies the policy of that stage.',
  icon: 'check-circle',
  inputs: {
    image: image({ doc: 'The image to promote. A tag beside the digest must still name it.' }),
    stage: stageName({ doc: 'Stage that the image wants to enter, as the policy calls it.' }),
    policy: document(async () => (await import('../promotion/policy.ts')).promotionPolicySchema)({
      default: 'built-in:policies/promotion.yaml',
      doc: 'What each stage requires (`schemas/promotion.json`). Start from the built-in one, which nobody satisfies.',
    }),
    wait: duration({
      default: '0s',
      doc: 'How long to wait when nothing but the bake time of the stage before is missing.',
    }),
    'github-token': secret({ default: '${{ github.token }}', doc: 'Token that writes the check run.' }),
    ...promotionInputs,
  },
  outputs: {
    image: 'The image by digest, when it may enter; empty otherwise. Deploy this, never a tag.',
  },
  permissions: [
    { scope: 'contents', access: 'read', why: 'to check out the policy' },
    { scope: 'packages', access: 'read', why: 'to read the evidence of an image in ghcr.io' },
    { scope: 'checks', access: 'write', why: 'to show the decision as a check of the commit' },
  ],
  async run({ inputs, context }) {
    const decision = await decideInTime(() => promote(inputs, context), inputs.wait, context);
    const report = conclude({
      examined: { count: decision.table.rows.length, what: 'clause of the policy' },
      findings: decision.findings,
      passed: `${inputs.image.text} may enter ${inputs.stage}.`,
      sections: [decision.table],
      subjects: subjectsOf(inputs.image, context),
      policy: decision.policy,
      predicates: [decision.summary],
      outputs: { image: decision.verdict === 'pass' ? inputs.image.text : '' },
    });
    const check = await writeCheck(report, inputs.stage, inputs['github-token'], context);
    return { ...report, findings: [...report.findings, ...check] };
  },
});

/** Decides again while only the bake time is missing and there is time left to wait. */
async function decideInTime(
  decide: () => Promise<PromotionDecision>,
  wait: number,
  { clock, log, signal }: Context,
): Promise<PromotionDecision> {
  const end = clock.now().getTime() + wait;
  let decision = await decide();
  for (;;) {
    const missing = bakeTimeMissing(decision);
    if (missing === undefined || clock.now().getTime() >= end) return decision;
    log.info(`${missing.message} Waiting.`);
    await clock.sleep(Math.min(lookEvery, end - clock.now().getTime()), signal);
    decision = await decide();
  }
}

/** The finding that the bake time is not over, when nothing else stands in the way. */
function bakeTimeMissing({ findings }: PromotionDecision): Finding | undefined {
  const [first, ...others] = findings.filter(({ rule }) => rule.outcome !== 'note');
  return first?.rule === promotionRules.notBaked && others.every(({ rule }) => rule === first.rule) ? first : undefined;
}

/** Shows the decision on the commit; it stands also when GitHub does not take the check. */
async function writeCheck(report: Report, stage: string, token: string, context: Context): Promise<Finding[]> {
  if (context.run === undefined) return [];
  const title = `Promotion to ${stage}`;
  try {
    const forge = await context.forge(token);
    await forge.createCheckRun({
      name: `slipway / promotion to ${stage}`,
      sha: context.run.sha,
      conclusion: report.verdict === 'pass' ? 'success' : 'failure',
      title: report.headline,
      summary: renderMarkdown(report, title, checkMaxBytes),
    });
    return [];
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    return [{ rule: promotionRules.checkNotWritten, message: error.message }];
  }
}
