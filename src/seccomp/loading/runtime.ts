import { action, eperm } from '../bpf/action.ts';
import { fits } from '../filter/compile.ts';
import { comparisons, condition, type Comparison, type Condition } from '../filter/condition.ts';
import { FilterBuilder, type Filter } from '../filter/filter.ts';
import { multiplexerOf } from '../filter/multiplexer.ts';
import { ConflictError } from '../filter/insert.ts';
import { maxInstructions } from '../bpf/check.ts';
import type { Architecture } from '../syscalls/architectures.ts';
import { isKnownTo, isSyscall, numberKnownTo } from '../syscalls/lookup.ts';
import { furtherArchitectures } from './architectures.ts';
import { readDocuments, type ProfileDocument } from './document.ts';
import { load } from './load.ts';
import {
  RefusedError,
  type Environment,
  type OciArgument,
  type OciProfile,
  type OciRule,
  type Position,
} from './profile.ts';

/** What becomes of a profile: the container does not start, runs without any filter, or runs under this one. */
export type Outcome =
  | { readonly kind: 'refused'; readonly reason: string; readonly position?: Position }
  | { readonly kind: 'unconfined' }
  | { readonly kind: 'filter'; readonly filter: Filter };

/** What the runtime got, and what becomes of it. */
export interface Reading {
  /** Undefined where the loader hands over no profile, or refuses the file. */
  readonly loaded?: OciProfile;
  readonly outcome: Outcome;
}

/** What the first profile of a file does where it is put to use; see `readingOf`. */
export function outcomeOf(text: string, environment: Environment): Outcome {
  const [document] = readDocuments(text);
  return document === undefined ? { kind: 'unconfined' } : readingOf(document, environment).outcome;
}

/**
 * What a profile does where it is put to use. Sources: runc v1.1.5 and v1.3.6 (libcontainer/specconv, libcontainer/seccomp), crun 1.8.1 and
 * 1.28 (src/libcrun/seccomp.c), libseccomp 2.5.4 to 2.6.1.
 */
export function readingOf(document: ProfileDocument, environment: Environment): Reading {
  let loaded: OciProfile | undefined;
  try {
    loaded = load(document, environment);
    return { ...(loaded && { loaded }), outcome: outcomeUnder(loaded, environment) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { message: reason, position } = error;
    return { ...(loaded && { loaded }), outcome: { kind: 'refused', reason, ...(position && { position }) } };
  }
}

function outcomeUnder(profile: OciProfile | undefined, environment: Environment): Outcome {
  if (profile === undefined) return { kind: 'unconfined' };
  if (isRunc(environment) && profile.defaultAction === '' && profile.syscalls.length === 0)
    return { kind: 'unconfined' };
  const filter = isRunc(environment) ? runcFilter(profile, environment) : crunFilter(profile, environment);
  if (!fits(filter, maxInstructions))
    throw new RefusedError(`The filter needs more than the ${maxInstructions} instructions that the kernel takes.`);
  return { kind: 'filter', filter };
}

function isRunc({ runtime }: Environment): boolean {
  return runtime === 'runc 1.1.5' || runtime === 'runc 1.3.6';
}

const actions: Readonly<Record<string, number>> = {
  SCMP_ACT_KILL: action.killThread,
  SCMP_ACT_KILL_THREAD: action.killThread,
  SCMP_ACT_KILL_PROCESS: action.killProcess,
  SCMP_ACT_TRAP: action.trap,
  SCMP_ACT_ERRNO: action.errno,
  SCMP_ACT_TRACE: action.trace,
  SCMP_ACT_ALLOW: action.allow,
  SCMP_ACT_LOG: action.log,
  SCMP_ACT_NOTIFY: action.notify,
};

/** Kernels before these do not know the action (seccomp(2)). */
const actionSince: Readonly<Record<string, readonly [number, number]>> = {
  SCMP_ACT_KILL_PROCESS: [4, 14],
  SCMP_ACT_LOG: [4, 14],
  SCMP_ACT_NOTIFY: [5, 0],
};

/** The return value of an action; only the lower 16 bits of an error's number are kept. */
function valueOf(name: string, errnoRet: bigint | undefined, position?: Position): number {
  const base = actions[name];
  if (base === undefined) throw new RefusedError(`There is no action \`${name}\`.`, position);
  if (base !== action.errno && base !== action.trace) return base;
  return base + Number((errnoRet ?? BigInt(eperm)) & 0xffffn);
}

/** libseccomp (sys_chk_seccomp_action of src/system.c) takes errors below 4095, and actions that the kernel knows. */
function requireUsable(name: string, value: number, { kernel }: Environment, position: Position): void {
  if (actions[name] === action.errno && value - action.errno >= 4095)
    throw new RefusedError(`libseccomp takes no error ${value - action.errno}.`, position);
  const [major, minor] = actionSince[name] ?? [0, 0];
  if (kernel[0] < major || (kernel[0] === major && kernel[1] < minor))
    throw new RefusedError(`Linux before ${major}.${minor} has no ${name}.`, position);
}

function conditionOf({ index, op, value, valueTwo, source }: OciArgument): Condition {
  const compare = op.replace(/^SCMP_CMP_/, '') as Comparison;
  if (!op.startsWith('SCMP_CMP_') || !comparisons.includes(compare))
    throw new RefusedError(`There is no operator \`${op}\`.`, source);
  if (index > 5n) throw new RefusedError(`There is no argument ${index}; they are numbered 0 to 5.`, source);
  return condition(Number(index), compare, value, valueTwo);
}

/** As soon as two conditions are on one argument, each condition becomes a rule of its own: any of them suffices. */
function alternatives(conditions: readonly Condition[]): readonly (readonly Condition[])[] {
  const used = conditions.map(({ argument }) => argument);
  return new Set(used).size < used.length ? conditions.map((one) => [one]) : [conditions];
}

function addToFilter(
  builder: FilterBuilder,
  name: string,
  rule: OciRule,
  value: number,
  conditions: readonly Condition[],
  environment: Environment,
): void {
  requireUsable(rule.action, value, environment, rule.source);
  for (const some of alternatives(conditions)) {
    try {
      builder.rule(name, value, some);
    } catch (error) {
      if (error instanceof ConflictError)
        throw new RefusedError(`Two rules give \`${name}\` different actions for the same condition.`, rule.source);
      throw error;
    }
  }
}

function isResolved(name: string, { libseccomp }: Environment): boolean {
  return isSyscall(name) && isKnownTo(libseccomp, name);
}

type Resolve = (name: string, architecture: Architecture) => number | undefined;

function resolverOf({ libseccomp }: Environment): Resolve {
  return (name, architecture) => numberKnownTo(libseccomp, name, architecture);
}

function runcFilter(profile: OciProfile, environment: Environment): Filter {
  const isNew = environment.runtime === 'runc 1.3.6';
  const known = isNew ? ['TSYNC', 'SPEC_ALLOW', 'LOG'].map((flag) => `SECCOMP_FILTER_FLAG_${flag}`) : [];
  const unknown = profile.flags.find((flag) => !known.includes(flag));
  if (unknown !== undefined) throw new RefusedError(`${environment.runtime} does not take the flag \`${unknown}\`.`);
  const further = furtherArchitectures(profile.architectures, environment);
  const defaultValue = valueOf(profile.defaultAction, profile.defaultErrnoRet, profile.source);
  for (const { action: name, args, names, source } of profile.syscalls) {
    valueOf(name, undefined, source);
    // Conditions are read once for each name.
    if (names.length > 0) args.forEach((one) => conditionOf({ ...one, index: 0n }));
  }
  const rules = profile.syscalls.flatMap((rule) => rule.names.map((name) => ({ name, rule })));
  const notifying = rules.filter(({ rule }) => rule.action === 'SCMP_ACT_NOTIFY');
  if (defaultValue === action.notify || notifying.some(({ name }) => name === 'write'))
    throw new RefusedError('runc does not take SCMP_ACT_NOTIFY as default action or for write.');
  if (notifying.length > 0 && profile.listenerPath === '') throw new RefusedError('seccomp listenerPath is not set.');
  requireUsable(profile.defaultAction, defaultValue, environment, profile.source);

  const builder = new FilterBuilder(defaultValue, environment.host, further, resolverOf(environment));
  for (const { name, rule } of rules) {
    if (name === '') throw new RefusedError('An empty name is no system call.', rule.source);
    const value = valueOf(rule.action, rule.errnoRet);
    if (value === defaultValue || !isResolved(name, environment)) continue;
    addToFilter(builder, name, rule, value, rule.args.map(conditionOf), environment);
  }
  const names = rules.map(({ name }) => name).filter((name) => isResolved(name, environment));
  // runc 1.1.5 looks at listed architectures only; since 1.1.15 at the machine's own too.
  const listed = profile.architectures.length > 0 ? furtherArchitectures(profile.architectures, environment, true) : [];
  const covered = isNew ? [environment.host, ...further] : listed;
  const lenient = [action.allow, action.log, action.trace].includes(((defaultValue & 0xffff0000) >>> 0) as 0x7fff0000);
  return builder.build(
    lenient ? new Map() : highestOf(names, covered, resolverOf(environment)),
    isNew && rules.length > 32,
  );
}

/**
 * The highest number that a profile names on each architecture; runc (libcontainer/seccomp/patchbpf) answers ENOSYS above it. A name that goes
 * through a multiplexer does not count on i386, whether or not it has a number of its own, and 0 counts as none.
 */
function highestOf(
  names: readonly string[],
  covered: readonly Architecture[],
  resolve: Resolve,
): Map<Architecture, number> {
  return new Map(
    covered.flatMap((architecture) => {
      const counted = architecture === 'i386' ? names.filter((name) => multiplexerOf(name) === undefined) : names;
      const highest = Math.max(0, ...counted.map((name) => resolve(name, architecture) ?? 0));
      return highest === 0 ? [] : [[architecture, highest] as const];
    }),
  );
}

function crunFilter(profile: OciProfile, environment: Environment): Filter {
  const takesErrno = (name: string): boolean => name === 'SCMP_ACT_ERRNO' || name === 'SCMP_ACT_TRACE';
  const requireErrno = (name: string, errnoRet: bigint | undefined, position: Position): void => {
    if (errnoRet !== undefined && !takesErrno(name))
      throw new RefusedError(`errno value specified for action \`${name}\`.`, position);
  };
  requireErrno(profile.defaultAction, profile.defaultErrnoRet, profile.source);
  const defaultValue = valueOf(profile.defaultAction, profile.defaultErrnoRet, profile.source);
  requireUsable(profile.defaultAction, defaultValue, environment, profile.source);
  const builder = new FilterBuilder(
    defaultValue,
    environment.host,
    furtherArchitectures(profile.architectures, environment),
    resolverOf(environment),
  );
  for (const rule of profile.syscalls) {
    requireErrno(rule.action, rule.errnoRet, rule.source);
    const value = valueOf(rule.action, rule.errnoRet, rule.source);
    if (value === defaultValue) continue;
    for (const name of rule.names) {
      if (!isResolved(name, environment)) continue;
      // crun reads six conditions and no more.
      addToFilter(builder, name, rule, value, rule.args.slice(0, 6).map(conditionOf), environment);
    }
  }
  const known = ['TSYNC', 'SPEC_ALLOW', 'LOG', 'WAIT_KILLABLE_RECV'].map((flag) => `SECCOMP_FILTER_FLAG_${flag}`);
  const unknown = profile.flags.find((flag) => !known.includes(flag));
  if (unknown !== undefined) throw new RefusedError(`crun does not know the flag \`${unknown}\`.`);
  return builder.build();
}
