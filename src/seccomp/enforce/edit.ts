import { parseTree, type Node } from 'jsonc-parser';

/**
 * The text of a profile with further calls allowed, changed as little as possible: each name goes into the first rule that allows calls without
 * conditions, in the way that its list is written, and leaves the rules that deny it; where all is allowed by default that is enough. clone3 gets a rule of its own with ENOSYS instead (see
 * `allowing`). Undefined when the text has no list of rules.
 */
export function allowInText(text: string, names: readonly string[]): string | undefined {
  const rules = rulesOf(text);
  if (rules === undefined) return undefined;
  const withoutDenials = names.reduce((changed, name) => withoutDenial(changed, name), text);
  const allowed = names
    .filter((name) => name !== 'clone3')
    .reduce((changed, name) => withAllowed(changed, name), withoutDenials);
  return names.includes('clone3')
    ? withRule(allowed, { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 })
    : allowed;
}

function rulesOf(text: string): readonly Node[] | undefined {
  const root = parseTree(text);
  return child(root, 'syscalls')?.children;
}

function child(node: Node | undefined, key: string): Node | undefined {
  return node?.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

function isPlain(rule: Node): boolean {
  return ['args', 'includes', 'excludes'].every((key) => {
    const value = child(rule, key);
    return value === undefined || value.value === null || (value.children ?? []).length === 0;
  });
}

function namesOf(rule: Node): readonly Node[] {
  return child(rule, 'names')?.children ?? [];
}

function withAllowed(text: string, name: string): string {
  if (child(parseTree(text), 'defaultAction')?.value === 'SCMP_ACT_ALLOW') return text;
  const rule = (rulesOf(text) ?? []).find(
    (one) => child(one, 'action')?.value === 'SCMP_ACT_ALLOW' && isPlain(one) && namesOf(one).length > 0,
  );
  if (rule === undefined) return withRule(text, { names: [name], action: 'SCMP_ACT_ALLOW' });
  const items = namesOf(rule);
  if (items.some(({ value }) => value === name)) return text;
  const at = items.findIndex(({ value }) => String(value) > name);
  return withItem(text, items, at === -1 ? items.length : at, JSON.stringify(name));
}

/** Adds a rule behind the others. */
function withRule(text: string, rule: object): string {
  const rules = rulesOf(text) ?? [];
  const last = rules.at(-1);
  if (last !== undefined) return withItem(text, rules, rules.length, JSON.stringify(rule));
  const list = child(parseTree(text), 'syscalls');
  return list === undefined ? text : splice(text, list.offset + 1, 0, JSON.stringify(rule));
}

/** Puts an item into a list and repeats what stands between two others. */
function withItem(text: string, items: readonly Node[], at: number, item: string): string {
  const [first, second] = items;
  const between = first && second ? text.slice(end(first), second.offset) : ', ';
  const next = items[at];
  if (next !== undefined) return splice(text, next.offset, 0, `${item}${between}`);
  const last = items.at(-1);
  return last === undefined ? text : splice(text, end(last), 0, `${between}${item}`);
}

/** Takes a name out of the rules without conditions that do not allow it: of two such rules the first counts. */
function withoutDenial(text: string, name: string): string {
  const rules = rulesOf(text) ?? [];
  const denial = rules.find(
    (rule) =>
      child(rule, 'action')?.value !== 'SCMP_ACT_ALLOW' &&
      isPlain(rule) &&
      namesOf(rule).some(({ value }) => value === name),
  );
  if (denial === undefined) return text;
  const names = namesOf(denial);
  const changed =
    names.length === 1
      ? withoutItem(text, rules, rules.indexOf(denial))
      : withoutItem(
          text,
          names,
          names.findIndex(({ value }) => value === name),
        );
  return withoutDenial(changed, name);
}

function withoutItem(text: string, items: readonly Node[], at: number): string {
  const item = items[at];
  if (item === undefined) return text;
  const next = items[at + 1];
  const before = items[at - 1];
  if (next !== undefined) return splice(text, item.offset, next.offset - item.offset, '');
  const from = before === undefined ? item.offset : end(before);
  return splice(text, from, end(item) - from, '');
}

function end({ offset, length }: Node): number {
  return offset + length;
}

function splice(text: string, at: number, remove: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}
