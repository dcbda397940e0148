import { architectures } from '../syscalls/architectures.ts';
import { readDocuments, type ProfileDocument } from './document.ts';
import { errnoOf } from './errno.ts';
import { dialectOf } from './json.ts';
import { RefusedError, type Environment, type Loader, type OciProfile, type OciRule } from './profile.ts';
import { readProfile, type When, type WrittenProfile, type WrittenRule } from './read.ts';

/**
 * What the loader hands to the runtime: the rules that count on this machine and for these capabilities, in the OCI format.
 * Sources: moby/profiles cd3bed8 seccomp/seccomp_linux.go, containers/common 0.62.2 pkg/seccomp, containerd contrib/seccomp/seccomp.go.
 * @returns undefined when the loader takes the profile for "no seccomp"
 * @throws RefusedError when the loader, or the runtime's own parser, refuses the file
 */
export function load(document: ProfileDocument, environment: Environment): OciProfile | undefined {
  if (document.format === 'runtime-config' && document.problem === undefined && document.profile === undefined)
    return undefined;
  switch (loaderOf(document, environment)) {
    case 'none':
      return readProfile(document, dialectOf(environment.runtime), 'oci');
    case 'containerd':
      return readProfile(document, 'go', 'oci');
    case 'moby':
      return resolve(readProfile(document, 'go', 'moby'), environment, mobyRule);
    case 'containers-common':
      return resolve(readProfile(document, 'go', 'containers-common'), environment, commonRule);
  }
}

/** A bundle's config.json goes to the runtime as it is; the operator (in Go) writes the OCI format, which the node's engine hands on. */
function loaderOf({ format }: ProfileDocument, { loader }: Environment): Loader {
  if (format === 'runtime-config') return 'none';
  return format === 'custom-resource' ? 'containerd' : loader;
}

/** The same of the first profile of a file. */
export function loadText(text: string, environment: Environment): OciProfile | undefined {
  const [document] = readDocuments(text);
  return document && load(document, environment);
}

type Select = (rule: WrittenRule, environment: Environment) => OciRule | undefined;

function resolve(profile: WrittenProfile, environment: Environment, select: Select): OciProfile | undefined {
  if (profile.defaultAction === '' && profile.syscalls.length === 0) return undefined;
  if (profile.architectures.length > 0 && profile.archMap.length > 0)
    throw new RefusedError('Both `architectures` and `archMap` are specified; use either.');
  const own = profile.archMap.find(({ architecture }) => architecture === mappedHost(environment));
  return {
    ...profile,
    defaultErrnoRet: namedErrno(profile.defaultErrno) ?? profile.defaultErrnoRet,
    architectures: own === undefined ? profile.architectures : [own.architecture, ...own.subArchitectures],
    syscalls: profile.syscalls.flatMap((rule) => select(rule, environment) ?? []),
  };
}

/** containers/common knows the `archMap` entries of 64-bit machines only. */
function mappedHost({ host, loader }: Environment): string | undefined {
  return loader === 'containers-common' && !architectures[host].wide ? undefined : architectures[host].scmp;
}

function mobyRule(rule: WrittenRule, environment: Environment): OciRule | undefined {
  const names = namesOf(rule);
  return counts(rule, environment) ? { ...rule, names } : undefined;
}

/** containers/common judges the names only of a rule that counts, and drops one without names. */
function commonRule(rule: WrittenRule, environment: Environment): OciRule | undefined {
  if (!counts(rule, environment)) return undefined;
  const names = namesOf(rule);
  return names.length === 0 ? undefined : { ...rule, names, errnoRet: namedErrno(rule.errno) ?? rule.errnoRet };
}

function namesOf({ name, names, source }: WrittenRule): readonly string[] {
  if (name !== '' && names.length > 0)
    throw new RefusedError('Both `name` and `names` are specified; use either.', source);
  return name === '' ? names : [name];
}

function counts({ includes, excludes }: WrittenRule, environment: Environment): boolean {
  const { capabilities, host } = environment;
  const { goName } = architectures[host];
  const included =
    (includes.arches.length === 0 || includes.arches.includes(goName)) &&
    includes.caps.every((name) => capabilities.has(name)) &&
    (isKernelAtLeast(includes, environment) ?? true);
  const excluded =
    excludes.arches.includes(goName) ||
    excludes.caps.some((name) => capabilities.has(name)) ||
    (isKernelAtLeast(excludes, environment) ?? false);
  return included && !excluded;
}

/** Undefined when the rule asks for no kernel. moby takes exactly `K.M`, each of 8 bits. */
function isKernelAtLeast({ minKernel }: When, { kernel }: Environment): boolean | undefined {
  if (minKernel === '') return undefined;
  const [, major = NaN, minor = NaN] = (/^(\d+)\.(\d+)$/.exec(minKernel) ?? []).map(Number);
  if (!(major <= 255 && minor <= 255) || (major === 0 && minor === 0))
    throw new RefusedError(`\`minKernel\` is \`${minKernel}\`, no \`<kernel>.<major>\`.`);
  return kernel[0] > major || (kernel[0] === major && kernel[1] >= minor);
}

function namedErrno(name: string): bigint | undefined {
  if (name === '') return undefined;
  const number = /^\d+$/.test(name) ? Number(name) : errnoOf(name);
  if (number === undefined) throw new RefusedError(`There is no error \`${name}\`.`);
  return BigInt(number);
}
