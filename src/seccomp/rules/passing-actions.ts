import { get } from '../../documents/node.ts';
import type { Finding } from '../../report/report.ts';
import { listed } from '../../report/text.ts';
import { placeOfDefault } from './places.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';
import { uniqueRules } from './written-rules.ts';

const meanings: Readonly<Record<string, string>> = {
  SCMP_ACT_LOG: 'lets the call run and writes a line to the kernel log',
  SCMP_ACT_TRACE: 'leaves the call to whoever traces the process, and fails it where nobody does',
  SCMP_ACT_NOTIFY: 'leaves the call to the program that listens, which may let it run',
};

export const passingActions: ProfileRule = {
  rule: {
    id: 'seccomp/action-lets-pass',
    title: 'An action that sounds like a denial lets the call pass',
    why: 'SCMP_ACT_LOG denies nothing: it is for recording. What SCMP_ACT_TRACE and SCMP_ACT_NOTIFY do is decided outside the profile.',
    fix: 'Use SCMP_ACT_ERRNO to deny (with the flag SECCOMP_FILTER_FLAG_LOG where denials shall be logged), SCMP_ACT_ALLOW to allow.',
    outcome: 'warning',
  },
  check(profile) {
    const loaded = profile.filtered[0]?.loaded;
    const meaning = meanings[loaded?.defaultAction ?? ''];
    const byDefault: Finding[] =
      loaded === undefined || meaning === undefined
        ? []
        : [
            findingAt(
              profile,
              passingActions.rule,
              `The default action ${loaded.defaultAction} ${meaning}.`,
              placeOfDefault(loaded),
            ),
          ];
    return [
      ...byDefault,
      ...uniqueRules(profile).flatMap(({ rule: { action, names, source } }) => {
        const text = meanings[action];
        if (text === undefined) return [];
        return [
          findingAt(
            profile,
            passingActions.rule,
            `${action} for ${listed(names)} ${text}.`,
            get(source, 'action') ?? source,
          ),
        ];
      }),
    ];
  },
};
