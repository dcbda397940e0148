import { isLike } from '../documents/like.ts';
import { count } from '../report/text.ts';
import type { Finding, Place } from '../report/report.ts';
import { waiverRules } from './rules.ts';
import type { Waiver } from './waiver.ts';

const day = 24 * 60 * 60 * 1000;
const noticeDays = 14;

/**
 * Findings after the waivers of a policy: a waived finding becomes a note that names the owner. A waiver counts until its last day has ended
 * (UTC); after that it waives nothing and is a finding itself, as is one that waives nothing.
 * @param policy name of the policy's file, where findings about waivers point to
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  now: Date,
  policy: string,
): Finding[] {
  const used = new Map<Waiver, number>();
  const kept = findings.map((finding): Finding => {
    const waiver = waivers.find((one) => covers(one, finding) && !hasExpired(one, now));
    if (waiver === undefined) return finding;
    used.set(waiver, (used.get(waiver) ?? 0) + 1);
    return {
      ...waived(waiver),
      message: `${finding.message} ${finding.rule.id}: ${waivedBy(waiver)}`,
      ...about(finding),
    };
  });
  return [...kept, ...waivers.flatMap((waiver) => problemsOf(waiver, used.get(waiver) ?? 0, findings, now, policy))];
}

function waived({ reason }: Waiver): Pick<Finding, 'rule' | 'fix'> {
  return { rule: waiverRules.waived, fix: `Reason given: ${reason}` };
}

function waivedBy({ owner, expires }: Waiver): string {
  return `waived by ${owner} until ${expires}.`;
}

function about({ place, subject }: Finding): { place?: Place; subject?: string } {
  return { ...(place && { place }), ...(subject !== undefined && { subject }) };
}

function problemsOf(waiver: Waiver, uses: number, findings: readonly Finding[], now: Date, policy: string): Finding[] {
  const { rule, where, owner, expires } = waiver;
  const finding = (name: 'expired' | 'ending' | 'unused', message: string): Finding[] => [
    { rule: waiverRules[name], message, place: { file: policy } },
  ];
  const what = `The waiver of ${owner} for ${rule} at \`${where}\``;
  if (hasExpired(waiver, now)) {
    const open = findings.filter((one) => covers(waiver, one)).length;
    return finding('expired', `${what} ended on ${expires}; ${count(open, 'finding')} would have needed it.`);
  }
  if (uses === 0) return finding('unused', `${what} waives nothing.`);
  const left = Math.ceil((endOf(waiver) - now.getTime()) / day);
  return left <= noticeDays ? finding('ending', `${what} ends on ${expires}.`) : [];
}

function covers({ rule, where, subject }: Waiver, finding: Finding): boolean {
  const { file, resource } = finding.place ?? {};
  return (
    finding.rule.id === rule &&
    (subject === undefined || finding.subject === subject) &&
    [file, resource].some((place) => place !== undefined && isLike(place, where))
  );
}

function endOf({ expires }: Waiver): number {
  return Date.parse(`${expires}T00:00:00Z`) + day;
}

function hasExpired(waiver: Waiver, now: Date): boolean {
  return now.getTime() >= endOf(waiver);
}
