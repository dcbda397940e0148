import { LineIndex } from '../../documents/node.ts';
import type { Finding, Place, Section } from '../../report/report.ts';
import { count, listed } from '../../report/text.ts';
import { callText, effectText } from '../comparison/text.ts';
import type { NamedEnvironment } from '../environments.ts';
import { readDocuments } from '../loading/document.ts';
import type { SeccompPolicy } from '../policy.ts';
import { tooManyConditions } from '../rules/complexity.ts';
import { compareProfiles, type ChangedCall, type ProfileChange } from './change.ts';
import type { ProfilePair } from './pairs.ts';
import { changeRules } from './rules.ts';

export interface Loosenings {
  readonly findings: readonly Finding[];
  readonly sections: readonly Section[];
}

/** More calls than these in one profile are one finding: then it is the profile that is looser, not a call. */
const maxFindings = 20;
const maxRows = 100;

/** Compares the profiles that a change touches. */
export function judgeChanges(
  pairs: readonly ProfilePair[],
  environments: readonly NamedEnvironment[],
  policy: Pick<SeccompPolicy['profiles'], 'loosening'>,
): Loosenings {
  const [tooMuch, rest] = [pairs.filter(isTooMuch), pairs.filter((pair) => !isTooMuch(pair))];
  const changes = rest.map((pair) => ({
    pair,
    change: compareProfiles(pair.before, pair.after, environments),
  }));
  return {
    findings: [
      ...tooMuch.map(notCompared),
      ...changes.flatMap(({ pair, change }) => [...loosenings(pair, change, policy), ...undecided(pair, change)]),
    ],
    sections: changes.length > 0 ? [changeTable(changes)] : [],
  };
}

/** Whether a side has more conditions than a profile is judged with. */
function isTooMuch({ before, after }: ProfilePair): boolean {
  return [before, after].some(({ text }) => readDocuments(text).some((one) => tooManyConditions(one) !== undefined));
}

function notCompared(pair: ProfilePair): Finding {
  return {
    rule: changeRules.undecided,
    message: `${users(pair)}: ${pair.before.name} and ${pair.after.name} were not compared, because one has more conditions than are judged.`,
    place: placeOf(pair),
  };
}

function loosenings(
  pair: ProfilePair,
  { calls }: ProfileChange,
  policy: Pick<SeccompPolicy['profiles'], 'loosening'>,
): Finding[] {
  const looser = calls.filter(({ direction }) => direction === 'looser');
  const rule = policy.loosening === 'fail' ? changeRules.loosening : changeRules.looseningTolerated;
  const names = [...new Set(looser.map(({ call }) => call))];
  if (names.length > maxFindings)
    return [
      {
        rule,
        message: `${users(pair)} can make ${count(names.length, 'system call')} now that ${pair.before.name} stopped: ${listed(names)}.`,
        place: placeOf(pair),
      },
    ];
  return names.map((name) => {
    const some = looser.filter(({ call }) => call === name);
    return {
      rule,
      message: `${users(pair)} can call ${witnesses(some)} now, which ${pair.before.name} stopped.`,
      place: placeOf(pair, name),
      subject: name,
    };
  });
}

function witnesses(some: readonly ChangedCall[]): string {
  return [...new Set(some.map((changed) => `\`${callText(changed)}\` on ${changed.architectures.join(', ')}`))].join(
    '; ',
  );
}

function users({ users: all }: ProfilePair): string {
  return listed(all.map((user) => `\`${user}\``));
}

/** The first line that names the call, in JSON or as an item of a YAML list; where no file is the profile, who uses it. */
function placeOf({ after, users: [resource = ''] }: ProfilePair, call?: string): Place {
  if (!after.isFile) return { resource };
  const at = call === undefined ? -1 : after.text.search(new RegExp(`"${call}"|(?<=^ *- +)${call} *$`, 'm'));
  return { file: after.name, ...(at === -1 ? {} : new LineIndex(after.text).at(at)) };
}

function undecided(pair: ProfilePair, change: ProfileChange): Finding[] {
  const names = [...new Set(change.undecided.map(({ witness }) => witness.call))];
  return names.map((name) => ({
    rule: changeRules.undecided,
    message: `What ${pair.after.name} does to \`${name}\` is not known for every argument.`,
    place: placeOf(pair, name),
    subject: name,
  }));
}

function changeTable(changes: readonly { pair: ProfilePair; change: ProfileChange }[]): Section {
  const rows = changes.flatMap(({ pair, change }) =>
    change.calls.map((changed) => [
      pair.after.name,
      changed.direction,
      callText(changed),
      `${effectText(changed.before)} → ${effectText(changed.after)}`,
      changed.architectures.join(', '),
      changed.environments.length === change.compared.length ? 'everywhere' : changed.environments.join(', '),
    ]),
  );
  const left = rows.length - maxRows;
  return {
    title: 'What this change does to system calls',
    columns: ['Profile', 'Direction', 'Call', 'Before and after', 'Architectures', 'Where'],
    rows: left > 0 ? [...rows.slice(0, maxRows), ['…', '', `${left} more`, '', '', '']] : rows,
  };
}
