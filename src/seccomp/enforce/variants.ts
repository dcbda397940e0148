import type { BareProfile, BareRule } from '../loading/profile.ts';

const allow = 'SCMP_ACT_ALLOW';
const log = 'SCMP_ACT_LOG';
const enosys = 38n;

/** Every runtime executes the program under its filter: a record of it proves that the log is read. */
export const alwaysLogged = 'execve';

/**
 * The profile with every denial turned into a record: what it lets through stays quiet, all else is done and logged. Flags go, because old
 * runtimes take none.
 */
export function logging(profile: BareProfile): BareProfile {
  const without = { defaultErrnoRet: undefined, flags: [], listenerPath: '' };
  const denials = profile.syscalls.filter(({ action }) => action !== allow);
  if (profile.defaultAction === allow) {
    const always: BareRule = { names: [alwaysLogged], action: log, errnoRet: undefined, args: [] };
    const logged = denials.map((rule) => ({ ...rule, action: log, errnoRet: undefined }));
    return { ...profile, ...without, syscalls: [always, ...logged] };
  }
  const denied = new Set(denials.filter(({ args }) => args.length === 0).flatMap(({ names }) => names));
  // Of two rules without conditions the first counts, so a name that was denied first must not become allowed.
  const quiet = (name: string): boolean => name !== alwaysLogged && !denied.has(name);
  const syscalls = profile.syscalls
    .filter(({ action }) => action === allow)
    .map((rule) => ({ ...rule, names: rule.names.filter(quiet) }))
    .filter(({ names }) => names.length > 0);
  return { ...profile, ...without, defaultAction: log, syscalls };
}

/** Whether a profile lets a call through whatever its arguments. */
export function letsThrough({ defaultAction, syscalls }: BareProfile, name: string): boolean {
  const first = syscalls.find(({ names, args }) => names.includes(name) && args.length === 0);
  if (first !== undefined) return first.action === allow;
  return defaultAction === allow && !syscalls.some(({ names }) => names.includes(name));
}

/** A profile that logs every call but those that are known already, which keeps the log short enough to be whole. */
export function loggingAllBut(known: readonly string[], architectures: readonly string[]): BareProfile {
  const names = known.filter((name) => name !== alwaysLogged);
  const rule: BareRule = { names, action: allow, errnoRet: undefined, args: [] };
  return {
    defaultAction: log,
    defaultErrnoRet: undefined,
    architectures,
    flags: [],
    listenerPath: '',
    syscalls: names.length === 0 ? [] : [rule],
  };
}

/**
 * The profile with further calls allowed, whatever it said of them. clone3 is answered ENOSYS instead: a filter cannot read its flags, and every
 * library that calls it falls back to clone.
 */
export function allowing(profile: BareProfile, names: readonly string[]): BareProfile {
  if (names.length === 0) return profile;
  const others = profile.syscalls
    .map((rule) => ({ ...rule, names: rule.names.filter((name) => !names.includes(name)) }))
    .filter((rule) => rule.names.length > 0);
  const rule = { errnoRet: undefined, args: [] };
  const allowed = names.filter((name) => name !== 'clone3');
  return {
    ...profile,
    syscalls: [
      ...(allowed.length > 0 ? [{ ...rule, names: allowed, action: allow }] : []),
      ...(names.includes('clone3') ? [{ ...rule, names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: enosys }] : []),
      ...others,
    ],
  };
}
