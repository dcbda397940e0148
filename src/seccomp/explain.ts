import { visible } from '../report/text.ts';
import { grouped } from './groups.ts';
import { casesOf, judgeProfile, type JudgeContext } from './judge.ts';
import { readDocuments } from './loading/document.ts';
import type { OciArgument, OciRule } from './loading/profile.ts';
import type { SeccompPolicy } from './policy.ts';
import { effectText } from './comparison/text.ts';
import { denialOf, effectsOfCall, possibleCalls } from './rules/calls.ts';
import { casesText } from './rules/cases.ts';
import { againstDefault } from './rules/comparisons.ts';
import { looseningsOf, tighteningsOf } from './rules/looser.ts';
import type { FilteredCase, JudgedProfile } from './rules/profile-rule.ts';
import { missingIn } from './rules/start-floor.ts';
import { startNeeds, type ProgramKind } from './rules/start-needs.ts';
import { effectOf } from './bpf/action.ts';
import { isPossible } from './comparison/differences.ts';
import { conventionsOf, type Architecture } from './syscalls/architectures.ts';
import { syscallsOf } from './syscalls/lookup.ts';

const width = 100;

/**
 * What every profile of a file means for a person, as lines for a terminal.
 * @param file its path as the lines name it
 */
export function explainProfile(text: string, file: string, policy: SeccompPolicy, context: JudgeContext): string[] {
  const { findings } = judgeProfile(text, file, policy, context);
  const wrong = findings.flatMap(({ rule, message, place }) => [
    ...wrapped(`${rule.outcome}: ${rule.title} (${rule.id}, line ${place?.line ?? 1}). ${message}`),
  ]);
  const lines = readDocuments(text).flatMap((document) => explained(casesOf(document, file, policy, context)));
  return [...lines, ...block('What is wrong', wrong.length === 0 ? ['Nothing was found.'] : wrong)].map(visible);
}

function explained(profile: JudgedProfile): string[] {
  const { cases, filtered, file } = profile;
  const refused = cases.flatMap((one) =>
    one.outcome.kind === 'refused' ? wrapped(`${casesText([one], cases)}: ${one.outcome.reason}`) : [],
  );
  const unconfined = cases.filter(({ outcome }) => outcome.kind === 'unconfined');
  const [first] = filtered;
  return [
    file,
    ...block('Refused by', refused),
    ...block('No filter at all under', unconfined.length === 0 ? [] : [casesText(unconfined, cases)]),
    ...(first === undefined ? [] : meaning(profile, first)),
  ];
}

function meaning(profile: JudgedProfile, first: FilteredCase): string[] {
  const { filtered } = profile;
  const where = `${first.target} on ${first.environment.host}`;
  return [
    ...block('A call that no rule names', otherCalls(filtered)),
    ...block(
      'Calls that are possible',
      filtered.flatMap((one) => conventionLines(one, filtered)),
    ),
    ...block(`Calls by what they are about (${where})`, groupLines(first)),
    ...block('Conditions', conditionLines(first)),
    ...block('Programs that can start', programLines(filtered)),
    ...block("Against Docker's default profile", defaultLines(profile)),
  ];
}

function block(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

/** Words in lines of the terminal's width, those behind the first moved to the right. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= width) {
      lines.push(line);
      line = '   ';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function otherCalls(filtered: readonly FilteredCase[]): string[] {
  const effects = Map.groupBy(filtered, ({ outcome: { filter } }) => effectText(effectOf(filter.defaultAction)));
  return [...effects].map(([effect, cases]) => {
    const newer = effect === 'ENOSYS' ? [] : cases.filter(({ outcome: { filter } }) => filter.highest.size > 0);
    const more = newer.length === 0 ? '' : `; newer than every call it names: ENOSYS (${casesText(newer, filtered)})`;
    return `${effect} under ${casesText(cases, filtered)}${more}`;
  });
}

/** One line for each target and host. */
function conventionLines(one: FilteredCase, filtered: readonly FilteredCase[]): string[] {
  const { environment, outcome } = one;
  const parts = conventionsOf[environment.host].map((architecture: Architecture) => {
    const all = syscallsOf(architecture).size;
    return outcome.filter.calls.has(architecture)
      ? `${architecture} ${possibleCalls(outcome.filter, architecture).length} of ${all}`
      : `${architecture} none: it ends the thread`;
  });
  return [`${casesText([one], filtered).padEnd(22)} ${parts.join(', ')}`];
}

function groupLines({ environment: { host }, outcome: { filter } }: FilteredCase): string[] {
  return grouped(syscallsOf(host).keys()).flatMap(({ title, names }) => {
    const kinds = Map.groupBy(names, (name) => {
      if (denialOf(filter, host, name) !== undefined) return 'denied' as const;
      return effectsOfCall(filter, host, name).every(({ effect }) => isPossible(effect)) ? 'allowed' : 'conditional';
    });
    const part = (kind: 'allowed' | 'conditional' | 'denied', text: string): string[] => {
      const some = kinds.get(kind) ?? [];
      return some.length === 0 ? [] : wrapped(`${text} ${some.join(' ')}`).map((line) => `  ${line}`);
    };
    return [
      ...wrapped(
        `${title}: ${kinds.get('allowed')?.length ?? 0} allowed, ${kinds.get('conditional')?.length ?? 0} with conditions, ${kinds.get('denied')?.length ?? 0} denied`,
      ),
      ...part('allowed', 'allowed:'),
      ...part('conditional', 'with conditions:'),
      ...part('denied', 'denied:'),
    ];
  });
}

const operators: Readonly<Record<string, string>> = {
  NE: 'is not',
  LT: 'is less than',
  LE: 'is at most',
  EQ: 'is',
  GE: 'is at least',
  GT: 'is more than',
};

function conditionText({ index, op, value, valueTwo }: OciArgument): string {
  const number = (one: bigint): string => (one < 4096n ? String(one) : `0x${one.toString(16)}`);
  const name = op.replace('SCMP_CMP_', '');
  if (name !== 'MASKED_EQ') return `argument ${index} ${operators[name] ?? name} ${number(value)}`;
  return valueTwo === 0n
    ? `argument ${index} has none of the bits ${number(value)}`
    : `argument ${index} has of the bits ${number(value)} exactly ${number(valueTwo)}`;
}

function conditionLines({ loaded }: FilteredCase): string[] {
  const verb = ({ action, errnoRet }: OciRule): string =>
    action === 'SCMP_ACT_ALLOW' ? 'may run' : `meets ${action}${errnoRet === undefined ? '' : ` ${errnoRet}`}`;
  return loaded.syscalls
    .filter(({ args }) => args.length > 0)
    .flatMap((rule) => {
      const indices = rule.args.map(({ index }) => index);
      const either = new Set(indices).size < indices.length;
      const conditions = rule.args.map(conditionText).join(either ? ' or ' : ' and ');
      return wrapped(`${rule.names.join(', ')} ${verb(rule)} if ${conditions}`);
    });
}

function programLines(filtered: readonly FilteredCase[]): string[] {
  return (Object.keys(startNeeds) as ProgramKind[]).flatMap((kind) => {
    const missing = Map.groupBy(filtered, (one) => missingIn(one, kind).fatal.join(', '));
    const parts = [...missing].map(([names, cases]) => {
      const who = casesText(cases, filtered);
      return names === '' ? `yes under ${who}` : `no under ${who}: ${names} denied`;
    });
    return wrapped(`${kind.padEnd(5)} ${parts.join('; ')}`);
  });
}

/** Calls by the machine's own convention with their names; of other conventions their number, for they are mostly closed altogether. */
function defaultLines(profile: JudgedProfile): string[] {
  const lines = (title: string, select: typeof looseningsOf): string[] => {
    const witnesses = profile.filtered.flatMap((one) =>
      select(againstDefault(profile, one)).map(({ witness }) => ({
        ...witness,
        isOwn: witness.architecture === one.environment.host,
      })),
    );
    const names = new Set(witnesses.filter(({ isOwn }) => isOwn).map(({ call }) => call));
    const others = Map.groupBy(
      witnesses.filter(({ isOwn }) => !isOwn),
      ({ architecture }) => architecture,
    );
    const counts = [...others].map(
      ([architecture, some]) => `${new Set(some.map(({ call }) => call)).size} on ${architecture}`,
    );
    const text = [...(names.size === 0 ? [] : [`${names.size}: ${[...names].toSorted().join(' ')}`]), ...counts].join(
      '; ',
    );
    return wrapped(`${title} ${text === '' ? 'nothing' : text}`);
  };
  return [...lines('looser by', looseningsOf), ...lines('tighter by', tighteningsOf)];
}
