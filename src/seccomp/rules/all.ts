import { baseProfile } from './base-profile.ts';
import { clone3Error } from './clone3-error.ts';
import { complexity } from './complexity.ts';
import { dangerousCalls } from './dangerous-calls.ts';
import { differs, errorsDiffer } from './differs.ts';
import { droppedAllowance, droppedDenial } from './dropped-names.ts';
import { errnoRange } from './errno-range.ts';
import { hostMissing } from './host-missing.ts';
import { ignoredArchMap } from './ignored-arch-map.ts';
import { ignoredKeys } from './ignored-keys.ts';
import { impossibleFilter } from './impossible-filter.ts';
import { listener } from './listener.ts';
import { looser } from './looser.ts';
import { multiplexerBypass } from './multiplexer-bypass.ts';
import { namespaces } from './namespaces.ts';
import { newCalls } from './new-calls.ts';
import { noFilter } from './no-filter.ts';
import { oddConditions } from './conditions.ts';
import { oldFlags, speculation } from './flags.ts';
import { otherConvention } from './other-convention.ts';
import { overridden } from './overridden.ts';
import { passingActions } from './passing-actions.ts';
import type { ProfileRule } from './profile-rule.ts';
import { refused } from './refused.ts';
import { needsNoNewPrivileges, runtimeFloor } from './runtime-floor.ts';
import { sameArgument } from './same-argument.ts';
import { socketFamilies } from './socket-families.ts';
import { startDegraded, startFloor } from './start-floor.ts';
import { undecided } from './undecided.ts';
import { withoutEffect } from './without-effect.ts';

/** What is asked of every profile that can be read: what is written first, then what it does. */
export const profileRules: readonly ProfileRule[] = [
  ...[refused, noFilter, ignoredKeys, baseProfile, complexity],
  ...[sameArgument, oddConditions, errnoRange, impossibleFilter, overridden, withoutEffect, passingActions],
  ...[speculation, oldFlags, listener, hostMissing, ignoredArchMap, droppedDenial, droppedAllowance],
  ...[dangerousCalls, namespaces, socketFamilies, multiplexerBypass, otherConvention, looser, undecided],
  ...[startFloor, startDegraded, runtimeFloor, needsNoNewPrivileges, clone3Error, newCalls],
  ...[differs, errorsDiffer],
];
