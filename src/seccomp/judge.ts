import type { Finding } from '../report/report.ts';
import { environmentsOf } from './environments.ts';
import { readDocuments, type ProfileDocument } from './loading/document.ts';
import type { Environment } from './loading/profile.ts';
import { readingOf } from './loading/runtime.ts';
import type { SeccompPolicy } from './policy.ts';
import { checkDocument } from './profile.ts';
import { profileRules } from './rules/all.ts';
import { baseProfileOf } from './rules/base-profile.ts';
import { entangledCall, tooManyConditions } from './rules/complexity.ts';
import { type Case, type FilteredCase, type JudgedProfile } from './rules/profile-rule.ts';
import { ignoresConditions } from './rules/ignored-keys.ts';
import type { Running } from './comparison/differences.ts';
import { summaryOf, type ProfileSummary } from './summary.ts';

/** What a profile is judged with beside the policy. */
export interface JudgeContext {
  /** Text of policies/seccomp/docker-default.json. */
  readonly dockerDefault: string;
  /** Capabilities that services under this profile add (`CAP_SYS_ADMIN`, …): it is judged without any, and with all of them. */
  readonly addedCapabilities?: ReadonlySet<string>;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  /** One for each profile of the file: a YAML stream can hold several custom resources. */
  readonly summaries: readonly ProfileSummary[];
}

/**
 * Judges every profile of a file: what is wrong with what is written, and with what it does under every target and on every host of the policy.
 * @param file its path as findings name it
 */
export function judgeProfile(text: string, file: string, policy: SeccompPolicy, context: JudgeContext): Judgement {
  const judged = readDocuments(text).map((document) => {
    const structure = checkDocument(document, file);
    const profile = casesOf(document, file, policy, context);
    return {
      findings: [...structure, ...findingsOf(profile, structure)],
      summary: summaryOf(profile),
    };
  });
  return { findings: judged.flatMap(({ findings }) => findings), summaries: judged.map(({ summary }) => summary) };
}

/** Puts a profile to use in every case of the policy. */
export function casesOf(
  document: ProfileDocument,
  file: string,
  policy: SeccompPolicy,
  context: JudgeContext,
): JudgedProfile {
  const isTooMuch = tooManyConditions(document) !== undefined;
  const environments = isTooMuch
    ? []
    : capabilitySets(context).flatMap((capabilities) => environmentsOf(policy, capabilities));
  const read = environments.map(({ target, environment }): Case => {
    const { loaded, outcome } = readingOf(document, environment);
    return { target, environment, loaded, outcome };
  });
  const entangled = firstOf(read, entangledCall);
  const cases = entangled === undefined ? read : [];
  return {
    file,
    document,
    cases,
    filtered: cases.filter((one): one is FilteredCase => one.outcome.kind === 'filter' && !ignoresConditions(one)),
    ...(entangled !== undefined && { entangled }),
    policy: policy.profiles,
    defaultIn: (one) => defaultOutcome(context.dockerDefault, one.environment),
  };
}

function firstOf<Item, Found>(items: readonly Item[], find: (one: Item) => Found | undefined): Found | undefined {
  for (const one of items) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Without capabilities, and with those that services add. */
function capabilitySets({ addedCapabilities = none }: JudgeContext): ReadonlySet<string>[] {
  if (addedCapabilities.size === 0) return [none];
  return [none, addedCapabilities];
}

const none: ReadonlySet<string> = new Set();

/** The structure's findings say already what these would say. */
function findingsOf(profile: JudgedProfile, structure: readonly Finding[]): Finding[] {
  const said = new Set(structure.map(({ rule }) => rule.id));
  const hasBase = baseProfileOf(profile) !== undefined;
  return profileRules
    .filter(({ rule, isAboutMissing }) => !said.has(rule.id) && !(hasBase && isAboutMissing === true))
    .flatMap(({ check }) => check(profile));
}

let defaultText: string | undefined;
let defaults = new Map<string, Running>();
let defaultDocument: ProfileDocument | undefined;

/** What Docker's default does in an environment; the same for every profile of a tree. */
function defaultOutcome(text: string, environment: Environment): Running {
  if (text !== defaultText) {
    defaultText = text;
    defaults = new Map();
    [defaultDocument] = readDocuments(text);
  }
  // Every target is measured against what Docker does with its default: other loaders read only parts of that file.
  const docker = { ...environment, loader: 'moby' } as const;
  const key = JSON.stringify({ ...docker, capabilities: [...docker.capabilities] });
  const known = defaults.get(key);
  if (known !== undefined) return known;
  const outcome = defaultDocument && readingOf(defaultDocument, docker).outcome;
  if (outcome?.kind !== 'filter') throw new Error('Docker’s default profile is not usable.');
  defaults.set(key, outcome);
  return outcome;
}
