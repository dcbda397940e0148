import { get } from '../../documents/node.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';
import { uniqueRules } from './written-rules.ts';
import type { Finding } from '../../report/report.ts';
import type { Node } from '../../documents/node.ts';

/** Bits of a filter's value that hold the error. */
const bits = 16;
const largest = 4094n;

export const errnoRange: ProfileRule = {
  rule: {
    id: 'seccomp/errno-range',
    title: 'The error of a denied call is none',
    why:
      'With 0 the call does nothing and says that it succeeded: the program goes on with a file that is not there, or a check that did not happen. Of a ' +
      'number above 65535 the runtime keeps 16 bits, of 65536 nothing. From 4095 on runtimes refuse the profile.',
    fix: 'Write 1 (EPERM), or 38 (ENOSYS) for calls that programs can do without.',
    outcome: 'fail',
  },
  check(profile) {
    const problem = (errno: bigint | undefined, action: string, key: string, source: Node): Finding[] => {
      if (errno === undefined || action !== 'SCMP_ACT_ERRNO' || (errno > 0n && errno <= largest)) return [];
      const kept = BigInt.asUintN(bits, errno);
      const effect = kept === 0n ? 'the call does nothing and returns success' : `the runtime makes ${kept} of it`;
      return [findingAt(profile, errnoRange.rule, `\`${key}\` is ${errno}: ${effect}.`, get(source, key) ?? source)];
    };
    const loaded = profile.cases.find((one) => one.loaded !== undefined)?.loaded;
    return [
      ...(loaded === undefined
        ? []
        : problem(loaded.defaultErrnoRet, loaded.defaultAction, 'defaultErrnoRet', loaded.source)),
      ...uniqueRules(profile).flatMap(({ rule: { errnoRet, action, source } }) =>
        problem(errnoRet, action, 'errnoRet', source),
      ),
    ];
  },
};
