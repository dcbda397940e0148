import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { promotionPolicy } from '../../test/support/promotion-policy.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import type { Context } from '../definition/context.ts';
import { readInputs } from '../definition/values.ts';
import type { PromotionDecision } from '../promotion/decision.ts';
import { promotionRules } from '../promotion/rules.ts';
import { decide, type Report } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';

let decisions: PromotionDecision[];
let asked: number;
jest.unstable_mockModule('./promotion.ts', () => ({
  promotionInputs: {},
  promote: () => Promise.resolve(decisions[Math.min(asked++, decisions.length - 1)]),
}));
const { promoteAction } = await import('./promote.ts');

function decided(...rules: Rule[]): PromotionDecision {
  const findings = rules.map((rule) => ({ rule, message: `It is ${rule.id}.` }));
  return {
    verdict: decide(findings),
    findings,
    table: { title: 'Promotion to staging', columns: [], rows: [['signature', '', '', '']] },
    policy: { uri: 'promotion.yaml', sha256: 'e'.repeat(64) },
    summary: { type: 'https://slsa.dev/verification_summary/v1', body: {} },
  };
}

const clock = new VirtualClock();
const log: string[] = [];

async function run(wait: string): Promise<Report> {
  const given: Record<string, string> = {
    image: `ghcr.io/octo/game@sha256:${'a'.repeat(64)}`,
    stage: 'staging',
    policy: 'promotion.yaml',
    wait,
  };
  const files = memoryFiles({ '/w/promotion.yaml': promotionPolicy });
  const scope = { root: '/w', temp: '/t', files, packaged: (path: string) => path };
  const inputs = await readInputs(promoteAction.inputs, (name) => given[name] ?? '', scope);
  const context = { clock, log: { info: (line: string) => log.push(line) }, run: undefined } as unknown as Context;
  return clock.run(promoteAction.run({ inputs, context }));
}

beforeEach(() => {
  asked = 0;
  log.length = 0;
});

const { notBaked, attachmentRejected, evidenceMissing } = promotionRules;

describe('a promotion that may wait', () => {
  it('waits while nothing but the bake time is missing, whatever else is only noted', async () => {
    decisions = [
      decided(attachmentRejected, notBaked),
      decided(attachmentRejected, notBaked),
      decided(attachmentRejected),
    ];
    expect(await run('60s')).toMatchObject({ verdict: 'pass' });
    expect(log).toEqual(Array(2).fill('It is promotion/not-baked. Waiting.'));
  });

  it('does not wait for what time does not bring', async () => {
    decisions = [decided(notBaked, evidenceMissing), decided()];
    expect(await run('60s')).toMatchObject({ verdict: 'fail' });
    expect(asked).toBe(1);
  });

  it('does not wait longer than it may', async () => {
    decisions = [decided(notBaked)];
    const begun = clock.now().getTime();
    expect(await run('60s')).toMatchObject({ verdict: 'fail' });
    expect(clock.now().getTime() - begun).toBe(60_000);
  });
});
