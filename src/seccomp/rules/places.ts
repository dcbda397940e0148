import { get, type Node } from '../../documents/node.ts';
import type { OciProfile, OciRule, Position } from '../loading/profile.ts';

const passing = ['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG', 'SCMP_ACT_TRACE', 'SCMP_ACT_NOTIFY'];

/** Whether an action lets a call run, or leaves it to somebody who may. */
export function letsPass(action: string): boolean {
  return passing.includes(action);
}

/** Where a rule names a call; else where the rule starts. */
export function placeOfName({ source }: OciRule, name: string): Position {
  const names = get(source, 'names');
  const items: readonly Node[] = names?.kind === 'sequence' ? names.items : [];
  return items.find((item) => item.kind === 'scalar' && item.value === name) ?? get(source, 'name') ?? source;
}

/** Where a profile lets a call pass: the rule that names it, or undefined where it is the default action. */
export function allowingRule({ syscalls }: OciProfile, names: readonly string[]): OciRule | undefined {
  return syscalls.find((rule) => letsPass(rule.action) && names.some((name) => rule.names.includes(name)));
}

/** Where a profile says what happens to a call that no rule names. */
export function placeOfDefault({ source }: OciProfile): Position {
  return get(source, 'defaultAction') ?? source;
}
